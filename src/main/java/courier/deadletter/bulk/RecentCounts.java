package courier.deadletter.bulk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.Document;

/**
 * Counts for all who watch a bulk replay. To count may be much to read: it is done for one at a
 * time, and not again before ten times as long as it took.
 */
final class RecentCounts {
  private static final int MOST = 100;
  private static final int REST = 10;

  private record Counted(Object state, Document counts, long until) {}

  private final Map<String, Counted> recent = new LinkedHashMap<>();

  /**
   * @param state of the replay; in another one they are counted anew
   */
  synchronized Document of(String replay, Object state, Supplier<Document> count) {
    Counted last = recent.get(replay);
    if (last == null || !last.state.equals(state) || System.nanoTime() - last.until > 0) {
      long began = System.nanoTime();
      Document counts = count.get();
      long now = System.nanoTime();
      last = new Counted(state, counts, now + REST * (now - began));
      recent.put(replay, last);
      if (recent.size() > MOST) {
        recent.remove(recent.keySet().iterator().next());
      }
    }
    return last.counts;
  }
}
