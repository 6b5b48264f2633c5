package courier.socketio;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends subscribers what they have missed, page by page, until they are where the feed is: from the
 * last events if these reach back far enough, else from the store. The pool's threads are as many
 * as may read from the store at a time; a client that is slow to take its events holds none.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int PAGE = 500;
  private static final int AFTER_A_MOMENT = 20;
  private static final int AFTER_A_FAILURE = 1_000;

  private final Feed feed;
  private final EventStore store;
  private final ScheduledExecutorService pool;
  private final Pages pages = new Pages();

  CatchUp(Feed feed, EventStore store, ScheduledExecutorService pool) {
    this.feed = feed;
    this.store = store;
    this.pool = pool;
  }

  /** Takes the first step at once, as most have missed nothing; the others follow in the pool. */
  void start(Subscriber subscriber) {
    step(subscriber);
  }

  private void step(Subscriber subscriber) {
    if (!subscriber.isConnected()) {
      return;
    }
    if (!subscriber.keepsUp()) {
      later(subscriber, AFTER_A_MOMENT);
      return;
    }
    if (subscriber.sendRest()) {
      pool.execute(() -> step(subscriber));
      return;
    }
    switch (feed.join(subscriber, PAGE)) {
      case MORE -> pool.execute(() -> step(subscriber));
      case STORE -> pool.execute(() -> read(subscriber));
      case NOTHING -> leaveIfGone(subscriber);
    }
  }

  private void read(Subscriber subscriber) {
    try {
      Cursor until = feed.until(subscriber.position());
      for (int partition = 0; partition < until.partitions(); partition++) {
        long from = subscriber.position().next(partition);
        if (from < until.next(partition)) {
          List<LogEvent> page = page(until, subscriber.room(), partition, from);
          if (!subscriber.catchUp(page) || page.size() == PAGE) {
            break;
          }
          subscriber.startAt(subscriber.position().at(partition, until.next(partition)));
        }
      }
      step(subscriber);
    } catch (Exception e) {
      LOG.warn("Cannot read what a client missed, trying again: {}", e.getMessage());
      later(subscriber, AFTER_A_FAILURE);
    }
  }

  private List<LogEvent> page(Cursor until, String room, int partition, long from)
      throws Exception {
    Pages.Key key = new Pages.Key(until.log(), room, partition, from);
    List<LogEvent> known = pages.get(key);
    if (known != null) {
      return known;
    }
    List<LogEvent> page = store.missed(until, room, partition, from, PAGE);
    if (page.size() == PAGE) {
      pages.put(key, page);
    }
    return page;
  }

  private void later(Subscriber subscriber, int millis) {
    pool.schedule(() -> step(subscriber), millis, TimeUnit.MILLISECONDS);
  }

  /** It may have disconnected after the last look and before it joined. */
  private void leaveIfGone(Subscriber subscriber) {
    if (!subscriber.isConnected()) {
      feed.leave(subscriber);
    }
  }
}
