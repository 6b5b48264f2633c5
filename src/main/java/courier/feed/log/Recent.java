package courier.feed.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The last events of a log, as many as fit; who was away for a moment is served from here. */
public final class Recent {
  /** Bytes that an event takes besides its JSON: the objects, its room, its place by offset. */
  private static final int OVERHEAD = 200;

  private final long most;
  private final Deque<LogEvent> inOrder = new ArrayDeque<>();
  private final Map<Integer, TreeMap<Long, LogEvent>> byOffset = new HashMap<>();
  private Cursor floor;
  private long length;

  /**
   * @param most bytes to keep, if each character is one
   * @param floor the position that the first event comes after
   */
  public Recent(long most, Cursor floor) {
    this.most = most;
    this.floor = floor;
  }

  public void add(LogEvent event) {
    inOrder.addLast(event);
    byOffset.computeIfAbsent(event.partition(), p -> new TreeMap<>()).put(event.offset(), event);
    length += OVERHEAD + event.length();
    while (length > most) {
      LogEvent oldest = inOrder.removeFirst();
      byOffset.get(oldest.partition()).pollFirstEntry();
      length -= OVERHEAD + oldest.length();
      floor = floor.after(oldest.partition(), oldest.offset());
    }
  }

  /** Whether all events after a position are here. */
  public boolean reachBackTo(Cursor position) {
    return position.covers(floor);
  }

  /** The first events of a room after a position; those of one partition are in their order. */
  public Page after(Cursor position, String room, int limit) {
    Page after = new Page(limit);
    byOffset.forEach(
        (partition, events) ->
            events.tailMap(position.next(partition), true).values().stream()
                .takeWhile(event -> !after.isFull())
                .filter(event -> event.room().equals(room))
                .forEach(after::add));
    return after;
  }
}
