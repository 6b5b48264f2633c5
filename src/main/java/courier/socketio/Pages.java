package courier.socketio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pages of missed events that were read last. Clients that lost their connection together come
 * back together, and read the same. Only full pages are here, as nothing is ever added to those.
 */
final class Pages {
  private static final int KEPT = 64;

  private final Map<Key, List<LogEvent>> pages =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<LogEvent>> eldest) {
          return size() > KEPT;
        }
      };

  /** Which page it is: the events of a room in one partition of a log from an offset on. */
  record Key(String log, String room, int partition, long from) {}

  synchronized List<LogEvent> get(Key key) {
    return pages.get(key);
  }

  synchronized void put(Key key, List<LogEvent> page) {
    pages.put(key, page);
  }
}
