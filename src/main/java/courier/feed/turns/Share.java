package courier.feed.turns;

/** What some {@link Turns} have together, and may have. */
final class Share {
  private final int mostWorking;
  private final long mostBytes;
  private final long reserved;
  private int working;
  private long bytes;

  Share(int mostWorking, long mostBytes, long reserved) {
    this.mostWorking = mostWorking;
    this.mostBytes = mostBytes;
    this.reserved = reserved;
  }

  /** Half of the bytes, and of the turns that are worked on one in so many. */
  Share part(int oneIn) {
    return new Share(Math.max(1, mostWorking / oneIn), mostBytes / 2, reserved);
  }

  void add(int turns, long more) {
    working += turns;
    bytes += more;
  }

  boolean hasRoom() {
    return working < mostWorking && hasBytes();
  }

  /** Who has none may always begin, as what it needs may be more than all. */
  boolean hasBytes() {
    return bytes == 0 || bytes + reserved <= mostBytes;
  }

  boolean isUnused() {
    return working == 0 && bytes == 0;
  }

  long bytes() {
    return bytes;
  }
}
