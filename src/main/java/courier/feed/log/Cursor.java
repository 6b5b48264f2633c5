package courier.feed.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.utils.internals.ByteUtils;

/**
 * A position in a log: for each partition the next offset. As text it is what a Socket.IO client
 * keeps as its offset and sends when it comes back: opaque, base64url, about 30 characters for six
 * partitions. It is the hash of the log's id, the partition of the last event, and the offsets, as
 * varints.
 */
public final class Cursor {
  private static final int NO_PARTITION = -1;

  private final String log;
  private final int last;
  private final long[] next;

  private Cursor(String log, int last, long[] next) {
    this.log = log;
    this.last = last;
    this.next = next;
  }

  /** The beginning of a log. */
  public static Cursor start(String log) {
    return new Cursor(log, NO_PARTITION, new long[0]);
  }

  /**
   * The cursor of this text, if it is one of a log.
   *
   * @param in the log, a position with all of its partitions: a cursor that has more is forged
   */
  public static Optional<Cursor> parse(String text, Cursor in) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.getInt() != in.log.hashCode()) {
        return Optional.empty();
      }
      int last = ByteUtils.readVarint(bytes) - 1;
      int partitions = ByteUtils.readVarint(bytes);
      if (partitions < 0 || partitions > Math.min(in.partitions(), bytes.remaining())) {
        return Optional.empty();
      }
      long[] next = new long[partitions];
      for (int i = 0; i < partitions; i++) {
        next[i] = ByteUtils.readVarlong(bytes);
        if (next[i] < 0) {
          return Optional.empty();
        }
      }
      boolean whole = !bytes.hasRemaining() && last >= NO_PARTITION && last < partitions;
      return whole ? Optional.of(new Cursor(in.log, last, next)) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty(); // not base64, or too short
    }
  }

  /** The id of the log that it is a position in. */
  public String log() {
    return log;
  }

  public boolean isIn(String otherLog) {
    return log.equals(otherLog);
  }

  public int partitions() {
    return next.length;
  }

  /** The offset that comes next in a partition. */
  public long next(int partition) {
    return partition < next.length ? next[partition] : 0;
  }

  /** The partition of the event that this is the position after, or -1 for another position. */
  public int last() {
    return last;
  }

  /** The position after an event. */
  public Cursor after(int partition, long offset) {
    return moved(partition, offset + 1, partition);
  }

  /** The position with another next offset in one partition. */
  public Cursor at(int partition, long offset) {
    return moved(partition, offset, last);
  }

  /** The same position, not that after an event. */
  public Cursor between() {
    return lastIn(NO_PARTITION);
  }

  private Cursor moved(int partition, long offset, int newLast) {
    long[] moved = Arrays.copyOf(next, Math.max(next.length, partition + 1));
    moved[partition] = offset;
    return new Cursor(log, newLast, moved);
  }

  /** In each partition the later one of two positions of a log. */
  public Cursor max(Cursor other) {
    long[] later = Arrays.copyOf(next, Math.max(next.length, other.next.length));
    for (int i = 0; i < later.length; i++) {
      later[i] = Math.max(later[i], other.next(i));
    }
    Cursor max = new Cursor(log, NO_PARTITION, later);
    return isLastIn(max) ? max.lastIn(last) : other.isLastIn(max) ? max.lastIn(other.last) : max;
  }

  /** Whether the event that this is the position after is the last one before a later position. */
  private boolean isLastIn(Cursor later) {
    return last != NO_PARTITION && next(last) == later.next(last);
  }

  private Cursor lastIn(int partition) {
    return new Cursor(log, partition, next);
  }

  /** Whether nothing that is before the other position is after this one, in the same log. */
  public boolean covers(Cursor other) {
    if (!isIn(other.log)) {
      return false;
    }
    for (int i = 0; i < other.next.length; i++) {
      if (next(i) < other.next[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + 10 * (next.length + 2));
    bytes.putInt(log.hashCode());
    ByteUtils.writeVarint(last + 1, bytes);
    ByteUtils.writeVarint(next.length, bytes);
    for (long offset : next) {
      ByteUtils.writeVarlong(offset, bytes);
    }
    byte[] written = Arrays.copyOf(bytes.array(), bytes.position());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(written);
  }
}
