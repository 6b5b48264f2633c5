package courier.feed.log;

import java.util.List;
import java.util.Map;

/**
 * A stretch of a log: its events that are for somebody, in the order of each partition, and from
 * where to where it reaches.
 *
 * @param log its id
 * @param from for each partition the offset from which on nothing is left out
 * @param next for each partition the offset before which there is nothing else
 */
public record Stretch(
    String log, Map<Integer, Long> from, Map<Integer, Long> next, List<LogEvent> events) {
  /** Whether nothing is between a position and this. */
  public boolean follows(Cursor position) {
    return from.entrySet().stream()
        .allMatch(partition -> partition.getValue() <= position.next(partition.getKey()));
  }

  /** The position after it, for who was at this one. */
  public Cursor end(Cursor position) {
    Cursor end = position;
    for (LogEvent event : events) {
      if (event.isAfter(end)) {
        end = end.after(event.partition(), event.offset());
      }
    }
    for (Map.Entry<Integer, Long> partition : next.entrySet()) {
      if (partition.getValue() > end.next(partition.getKey())) {
        end = end.at(partition.getKey(), partition.getValue());
      }
    }
    return end;
  }
}
