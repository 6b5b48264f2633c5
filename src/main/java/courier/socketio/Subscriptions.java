package courier.socketio;

import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of a log's events, from their connection on. */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
  private static final int AFTER_A_FAILURE = 500;

  private final LogBounds log;
  private final Feed feed;
  private final Recovery recovery;
  private final CatchUp catchUp;
  private final ScheduledExecutorService pool;
  private final Map<UUID, Subscriber> subscribers = new ConcurrentHashMap<>();

  Subscriptions(
      LogBounds log, Feed feed, Recovery recovery, CatchUp catchUp, ScheduledExecutorService pool) {
    this.log = log;
    this.feed = feed;
    this.recovery = recovery;
    this.catchUp = catchUp;
    this.pool = pool;
  }

  /**
   * Finds out where a client starts, now if that is possible.
   *
   * @throws IllegalArgumentException when the client asks for what there is not
   */
  void arrive(Arrival arrival) {
    recovery
        .atOnce(arrival.auth())
        .ifPresentOrElse(arrival::start, () -> pool.execute(() -> lookUp(arrival)));
  }

  private void lookUp(Arrival arrival) {
    try {
      arrival.start(recovery.lookUp(arrival.auth(), arrival.room(), arrival.at()));
    } catch (IllegalArgumentException e) {
      arrival.refuse(e.getMessage());
    } catch (Exception e) {
      LOG.warn("Cannot look up where a client was, trying again: {}", e.getMessage());
      again(arrival);
    }
  }

  private void again(Arrival arrival) {
    if (arrival.client().isConnected()) {
      pool.schedule(() -> lookUp(arrival), AFTER_A_FAILURE, TimeUnit.MILLISECONDS);
    } else {
      arrival.refuse("The client has left.");
    }
  }

  /** Knows a client from now on, which gets nothing yet. */
  void admit(Subscriber subscriber) {
    unsubscribe(subscriber.session());
    subscribers.put(subscriber.session(), subscriber);
  }

  /** Sends a client what it has missed, and from then on what comes. */
  void begin(Subscriber subscriber) {
    catchUp.start(subscriber);
    if (!subscriber.isConnected()) {
      unsubscribe(subscriber.session());
    }
  }

  void subscribe(Subscriber subscriber) {
    admit(subscriber);
    begin(subscriber);
  }

  /** What a client is told as its {@code pid}, or null. */
  String pid(UUID session) {
    Subscriber subscriber = subscribers.get(session);
    return subscriber == null ? null : subscriber.pid();
  }

  /** A client that polled has a WebSocket now. */
  void upgraded(UUID session, Channel webSocket) {
    Subscriber subscriber = subscribers.get(session);
    if (subscriber != null) {
      subscriber.upgrade(webSocket);
    }
  }

  void unsubscribe(UUID session) {
    Subscriber subscriber = subscribers.remove(session);
    if (subscriber != null) {
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
  int publish(Stretch stretch) throws Exception {
    if (!feed.knows(stretch.log()) && !log.isNow(stretch.log())) {
      return 0;
    }
    Feed.Pushed pushed = feed.publish(stretch);
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

  /** The log that events are from now. */
  String log() {
    return feed.position().log();
  }

  int size() {
    return subscribers.size();
  }
}
