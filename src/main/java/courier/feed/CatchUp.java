package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.Page;
import courier.feed.turns.Turn;
import courier.feed.turns.Turns;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends subscribers what they have missed, page by page, until they are where the feed is: from the
 * last events if these reach back far enough, else from the store. Each page is a turn, which lasts
 * until the client has taken it: one that is slow waits for itself, and holds no thread.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int PAGE = 500;
  private static final int AFTER_A_MOMENT = 20;
  private static final int AFTER_A_FAILURE = 1_000;
  private static final int A_SECOND = 1_000;

  private final Feed feed;
  private final EventStore store;
  private final ScheduledExecutorService pool;
  private final Turns turns;
  private final MissedPages pages;

  CatchUp(Feed feed, EventStore store, ScheduledExecutorService pool, Limits limits) {
    this.feed = feed;
    this.store = store;
    this.pool = pool;
    turns = new Turns(pool, limits.readers(), limits.bytes(), Page.LENGTH);
    pages = new MissedPages(limits.pageBytes());
    long timeout = limits.timeoutMillis();
    pool.scheduleWithFixedDelay(
        () -> turns.tellStalled(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(timeout)),
        timeout,
        Math.min(timeout, A_SECOND),
        TimeUnit.MILLISECONDS);
  }

  /** Most have missed nothing, and need no turn. */
  void start(Subscriber subscriber) {
    goOn(subscriber, feed.join(subscriber, 0));
  }

  private void goOn(Subscriber subscriber, Feed.Next next) {
    switch (next) {
      case NOTHING -> leaveIfGone(subscriber);
      default -> queue(subscriber);
    }
  }

  private void queue(Subscriber subscriber) {
    Turn.Work work =
        new Turn.Work() {
          @Override
          public void run(Turn turn) {
            step(subscriber, turn);
          }

          @Override
          public void stalled() {
            subscriber.client().closeAsSlow();
          }
        };
    subscriber.waitsFor(turns.next(subscriber.client().address(), work));
  }

  private void step(Subscriber subscriber, Turn turn) {
    if (!subscriber.isConnected()) {
      turn.end();
    } else if (!subscriber.client().keepsUp()) {
      turn.end();
      later(subscriber, AFTER_A_MOMENT);
    } else {
      try {
        subscriber.begins();
        Feed.Next next = feed.join(subscriber, PAGE);
        if (next == Feed.Next.STORE) {
          read(subscriber);
        }
        turn.holds(subscriber.sent());
        Runnable then =
            () -> {
              turn.end();
              goOn(subscriber, next);
            };
        if (subscriber.sent() > 0) {
          subscriber.client().whenTaken(then);
        } else {
          then.run();
        }
      } catch (Exception e) {
        LOG.warn("Cannot read what a client missed, trying again: {}", e.getMessage());
        turn.end();
        later(subscriber, AFTER_A_FAILURE);
      }
    }
  }

  /** Sends one page of one partition, or less than one of each. */
  private void read(Subscriber subscriber) throws Exception {
    Cursor until = feed.until(subscriber.position());
    for (int partition = 0; partition < until.partitions(); partition++) {
      long from = subscriber.position().next(partition);
      if (from < until.next(partition)) {
        Page page = page(until, subscriber.room(), partition, from);
        subscriber.send(page);
        if (page.isFull()) {
          return;
        }
        subscriber.startAt(subscriber.position().at(partition, until.next(partition)));
        if (subscriber.sent() >= Page.LENGTH) {
          return;
        }
      }
    }
  }

  private Page page(Cursor until, String room, int partition, long from) throws Exception {
    MissedPages.Key key = new MissedPages.Key(until.log(), room, partition, from);
    Page known = pages.get(key);
    if (known != null) {
      return known;
    }
    Page page = store.missed(until, room, partition, from, PAGE);
    if (page.isFull()) {
      pages.put(key, page);
    }
    return page;
  }

  /** Keeps nothing of what was read. */
  void forget() {
    pages.clear();
  }

  private void later(Subscriber subscriber, int millis) {
    pool.schedule(() -> start(subscriber), millis, TimeUnit.MILLISECONDS);
  }

  /** It may have disconnected after the last look and before it joined. */
  private void leaveIfGone(Subscriber subscriber) {
    subscriber.caughtUp();
    if (!subscriber.isConnected()) {
      feed.leave(subscriber);
    }
  }
}
