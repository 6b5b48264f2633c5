package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.LogBounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then up to where a log is stored. What was stored at one look and was not pushed by
 * the next one is not on its way any more: clients get it from the store.
 */
final class LogWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private final LogBounds log;
  private final Feed feed;
  private final Subscriptions subscriptions;
  private Cursor stored;

  LogWatch(LogBounds log, Feed feed, Subscriptions subscriptions) {
    this.log = log;
    this.feed = feed;
    this.subscriptions = subscriptions;
  }

  @Override
  public void run() {
    try {
      if (stored != null && !feed.reached(stored)) {
        LOG.warn("Some of what is stored was not announced here: clients get it from the store");
        subscriptions.skipTo(stored);
      }
      stored = log.stored();
    } catch (Exception e) {
      LOG.debug("Cannot look up to where the log is stored: {}", e.getMessage());
    }
  }
}
