package courier.socketio;

/** What some {@link Turns} have together, and may have. */
final class Share {
  private final int mostWorking;
  private final long mostBytes;
  private int working;
  private long bytes;

  Share(int mostWorking, long mostBytes) {
    this.mostWorking = mostWorking;
    this.mostBytes = mostBytes;
  }

  Share half() {
    return new Share(Math.max(1, mostWorking / 2), mostBytes / 2);
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
    return bytes == 0 || bytes + Turn.RESERVED <= mostBytes;
  }

  boolean isUnused() {
    return working == 0 && bytes == 0;
  }

  long bytes() {
    return bytes;
  }
}
