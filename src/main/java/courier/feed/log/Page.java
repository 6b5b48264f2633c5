package courier.feed.log;

import java.util.ArrayList;
import java.util.List;

/** Missed events in their order: no more than a client may have waiting besides what is new. */
public final class Page {
  /** Characters of JSON after which a page takes no more events; so one may be longer by one. */
  public static final int LENGTH = 256 * 1024;

  /** Characters that an event counts for besides its own. */
  private static final int OVERHEAD = 100;

  private final int limit;
  private final List<LogEvent> events = new ArrayList<>();
  private long length;

  /**
   * @param limit how many events at most
   */
  public Page(int limit) {
    this.limit = limit;
  }

  /** Whether there may be more events that it had no room for. */
  public boolean isFull() {
    return events.size() >= limit || length >= LENGTH;
  }

  public void add(LogEvent event) {
    events.add(event);
    length += event.length() + OVERHEAD;
  }

  public List<LogEvent> events() {
    return events;
  }

  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** In characters, about the bytes that it takes. */
  public long length() {
    return length;
  }
}
