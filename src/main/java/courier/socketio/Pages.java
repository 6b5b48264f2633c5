package courier.socketio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages of missed events that were read last, as many as fit. Clients that lost their
 * connection together come back together, and read the same. Only full pages are here, as nothing
 * is ever added to those.
 */
final class Pages {
  private final long most;
  private final Map<Key, Page> pages = new LinkedHashMap<>(16, 0.75f, true);
  private long length;

  /**
   * @param most characters to keep
   */
  Pages(long most) {
    this.most = most;
  }

  /** Which page it is: the events of a room in one partition of a log from an offset on. */
  record Key(String log, String room, int partition, long from) {}

  synchronized Page get(Key key) {
    return pages.get(key);
  }

  synchronized void put(Key key, Page page) {
    Page before = pages.put(key, page);
    length += page.length() - (before == null ? 0 : before.length());
    for (Iterator<Page> eldest = pages.values().iterator(); length > most && eldest.hasNext(); ) {
      length -= eldest.next().length();
      eldest.remove();
    }
  }

  /** Characters that are kept. */
  synchronized long length() {
    return length;
  }
}
