package courier.socketio;

import java.util.Map;

/** Up to where a log is stored, and up to where there is any, as positions in it. */
final class LogBounds {
  private final EventLog log;
  private Cursor end;
  private long endAsOf;

  LogBounds(EventLog log) {
    this.log = log;
  }

  /** Whether it is this one now. */
  boolean isNow(String id) throws Exception {
    return log.id().equals(id);
  }

  /** Up to where it is stored now. */
  Cursor stored() throws Exception {
    return cursor(log::positions);
  }

  /**
   * Where it ended at this time or later: who asks while somebody else is being answered is
   * answered with the next one, together with all others.
   *
   * @param asOf as {@link System#nanoTime} has it
   */
  synchronized Cursor end(long asOf) throws Exception {
    if (end == null || endAsOf - asOf < 0) {
      long now = System.nanoTime();
      end = cursor(log::ends);
      endAsOf = now;
    }
    return end;
  }

  private Cursor cursor(Offsets offsets) throws Exception {
    Map<Integer, Long> found;
    String id;
    do { // it may be another log before the offsets are known
      id = log.id();
      found = offsets.get();
    } while (!id.equals(log.id()));
    Cursor cursor = Cursor.start(id);
    for (Map.Entry<Integer, Long> partition : found.entrySet()) {
      cursor = cursor.at(partition.getKey(), partition.getValue());
    }
    return cursor;
  }

  private interface Offsets {
    Map<Integer, Long> get() throws Exception;
  }
}
