package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.EventLog;
import courier.feed.log.LogBounds;
import courier.feed.log.Stretch;
import courier.feed.turns.Turns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets the events of a log, from their connection on: each event once, in order, without a gap.
 */
public final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int AFTER_A_FAILURE = 500;
  private static final int WATCH_SECONDS = 5;

  private final LogBounds log;
  private final Counts counts = new Counts();
  private final Feed feed;
  private final Recovery recovery;
  private final CatchUp catchUp;
  private final ScheduledExecutorService pool;
  private final Turns turns;
  private final Map<UUID, Subscriber> subscribers = new ConcurrentHashMap<>();

  private Subscriptions(
      LogBounds log,
      EventStore store,
      Client.FanOut fanOut,
      Limits limits,
      ScheduledExecutorService pool)
      throws Exception {
    this.log = log;
    this.pool = pool;
    feed = new Feed(log.awaitStored(), fanOut, counts);
    recovery = new Recovery(log, feed, store);
    catchUp = new CatchUp(feed, store, pool, limits);
    turns = new Turns(pool, limits.readers());
  }

  /**
   * Begins where the log is stored now.
   *
   * @param pool where it works until the pool is shut down
   * @throws Exception when the log does not say how far it is
   */
  public static Subscriptions to(
      EventLog log,
      EventStore store,
      Client.FanOut fanOut,
      Limits limits,
      ScheduledExecutorService pool)
      throws Exception {
    LogBounds bounds = new LogBounds(log);
    Subscriptions subscriptions = new Subscriptions(bounds, store, fanOut, limits, pool);
    LogWatch watch = new LogWatch(bounds, subscriptions.feed, subscriptions);
    pool.scheduleWithFixedDelay(watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    return subscriptions;
  }

  /**
   * A client comes. It is admitted once it is known where it starts, now if that can be said, and
   * is then sent what it has missed, and what comes.
   *
   * @throws IllegalArgumentException when the client asks for what there is not
   */
  public void subscribe(Client client, String room, LastSeen seen) {
    unsubscribe(client.id());
    Subscriber subscriber = new Subscriber(client, room, counts);
    Optional<Recovery.Start> start = recovery.atOnce(seen);
    subscribers.put(client.id(), subscriber);
    if (start.isPresent()) {
      admit(subscriber, start.get());
    } else {
      lookUpInTurn(subscriber, seen);
    }
  }

  private void lookUpInTurn(Subscriber subscriber, LastSeen seen) {
    subscriber.waitsFor(
        turns.next(
            subscriber.client().address(),
            turn -> {
              lookUp(subscriber, seen);
              turn.end();
            }));
  }

  private void lookUp(Subscriber subscriber, LastSeen seen) {
    if (!subscriber.isConnected()) {
      unsubscribe(subscriber);
      return;
    }
    try {
      admit(subscriber, recovery.lookUp(seen, subscriber.room(), subscriber.arrived()));
    } catch (IllegalArgumentException e) {
      unsubscribe(subscriber);
      subscriber.client().refuse(e.getMessage());
    } catch (Exception e) {
      LOG.warn("Cannot look up where a client was, trying again: {}", e.getMessage());
      pool.schedule(() -> lookUpInTurn(subscriber, seen), AFTER_A_FAILURE, TimeUnit.MILLISECONDS);
    }
  }

  private void admit(Subscriber subscriber, Recovery.Start start) {
    subscriber.startAt(start.position());
    subscriber.comes(start.how());
    subscriber.client().admit(start.pid(), () -> begin(subscriber));
  }

  private void begin(Subscriber subscriber) {
    catchUp.start(subscriber);
    if (!subscriber.isConnected()) {
      unsubscribe(subscriber);
    }
  }

  /** A client has left. */
  public void unsubscribe(UUID client) {
    Subscriber subscriber = subscribers.get(client);
    if (subscriber != null) {
      unsubscribe(subscriber);
    }
  }

  private void unsubscribe(Subscriber subscriber) {
    if (subscribers.remove(subscriber.client().id(), subscriber)) {
      subscriber.leave();
      feed.leave(subscriber);
    }
  }

  /**
   * Pushes the events of a stretch, unless it is of a log that was before: that of an instance that
   * has started again begins with what it may have had already.
   *
   * @return how many somebody got
   */
  public int publish(Stretch stretch) throws Exception {
    if (!feed.knows(stretch.log()) && !log.isNow(stretch.log())) {
      return 0;
    }
    return caughtUp(feed.publish(stretch));
  }

  /** Whether all of a stretch has come before, so that its events need not be read. */
  public boolean has(String log, Map<Integer, Long> next) {
    return feed.has(log, next);
  }

  /** The same for one that comes again: what cannot be pushed now is then. */
  public int publishEarly(Stretch stretch) {
    return caughtUp(feed.publishEarly(stretch));
  }

  private int caughtUp(Feed.Pushed pushed) {
    catchUp(pushed.behind());
    return pushed.events();
  }

  /** Events were missed here: goes on at this position, and lets clients catch up. */
  void skipTo(Cursor position) {
    catchUp(feed.skipTo(position));
  }

  private void catchUp(List<Subscriber> behind) {
    behind.forEach(subscriber -> pool.execute(() -> catchUp.start(subscriber)));
  }

  /** Events were deleted from the store: none is sent from memory any more. */
  public void forget() {
    feed.forget();
    catchUp.forget();
  }

  /** The log that events are from now. */
  public String log() {
    return feed.position().log();
  }

  public Counts counts() {
    return counts;
  }

  public int size() {
    return subscribers.size();
  }
}
