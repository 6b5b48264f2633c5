package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.Page;
import java.util.Map;

/** Where the events of a log are kept. */
public interface EventStore {
  /**
   * The first events of a room in one partition, in their order, from an offset on until a
   * position.
   *
   * @param limit how many at most
   */
  Page missed(Cursor until, String room, int partition, long from, int limit) throws Exception;

  /**
   * For each partition of a log what comes next for a room after an event, or null when there is no
   * such event. A partition that is missing has nothing after it.
   *
   * @param stored up to where the log is
   */
  Map<Integer, Long> positionOf(String id, String room, Cursor stored) throws Exception;
}
