package courier.feed.log;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Up to where a log is stored, and up to where there is any, as positions in it. */
public final class LogBounds {
  private static final Logger LOG = LoggerFactory.getLogger(LogBounds.class);

  /** Each takes some seconds when nobody answers. */
  private static final int ATTEMPTS = 15;

  private final EventLog log;
  private Cursor end;
  private long endAsOf;

  public LogBounds(EventLog log) {
    this.log = log;
  }

  /** Whether it is this one now. */
  public boolean isNow(String id) throws Exception {
    return log.id().equals(id);
  }

  /** Up to where it is stored now. */
  public Cursor stored() throws Exception {
    return cursor(log::positions);
  }

  /** The same for who cannot start without: a log that is away for a moment is waited for. */
  public Cursor awaitStored() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return stored();
      } catch (ExecutionException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.warn("The log does not say how far it is, asking again: {}", e.getMessage());
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  /**
   * Where it ended at this time or later: who asks while somebody else is being answered is
   * answered with the next one, together with all others.
   *
   * @param asOf as {@link System#nanoTime} has it
   */
  public synchronized Cursor end(long asOf) throws Exception {
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
