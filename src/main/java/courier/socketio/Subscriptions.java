package courier.socketio;

import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Turns turns;
  private final Map<UUID, Arrival> arrivals = new ConcurrentHashMap<>();
  private final Map<UUID, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final Map<String, Set<Subscriber>> rooms = new ConcurrentHashMap<>();

  /**
   * @param turns of those who wait to be told where they start
   */
  Subscriptions(
      LogBounds log,
      Feed feed,
      Recovery recovery,
      CatchUp catchUp,
      ScheduledExecutorService pool,
      Turns turns) {
    this.log = log;
    this.feed = feed;
    this.recovery = recovery;
    this.catchUp = catchUp;
    this.pool = pool;
    this.turns = turns;
  }

  /**
   * Finds out where a client starts, now if that is possible.
   *
   * @throws IllegalArgumentException when the client asks for what there is not
   */
  void arrive(Arrival arrival) {
    Optional<Recovery.Start> start = recovery.atOnce(arrival.auth());
    if (start.isPresent()) {
      arrival.start(start.get());
    } else {
      arrivals.put(arrival.id(), arrival);
      inTurn(arrival);
    }
  }

  private void inTurn(Arrival arrival) {
    arrival.waitsFor(
        turns.next(
            arrival.session().address,
            turn -> {
              lookUp(arrival);
              turn.end();
            }));
  }

  private void lookUp(Arrival arrival) {
    if (arrival.isGone()) {
      forget(arrival);
    } else {
      try {
        Recovery.Start start = recovery.lookUp(arrival.auth(), arrival.room(), arrival.at());
        forget(arrival);
        arrival.start(start);
      } catch (IllegalArgumentException e) {
        forget(arrival);
        arrival.refuse(e.getMessage());
      } catch (Exception e) {
        LOG.warn("Cannot look up where a client was, trying again: {}", e.getMessage());
        pool.schedule(() -> inTurn(arrival), AFTER_A_FAILURE, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void forget(Arrival arrival) {
    arrivals.remove(arrival.id(), arrival);
  }

  /** Knows a client from now on, which gets nothing yet. */
  void admit(Subscriber subscriber) {
    unsubscribe(subscriber.id());
    subscribers.put(subscriber.id(), subscriber);
    rooms.compute(
        subscriber.room(),
        (room, others) -> {
          Set<Subscriber> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(subscriber);
          return all;
        });
  }

  /** Sends a client what it has missed, and from then on what comes. */
  void begin(Subscriber subscriber) {
    catchUp.start(subscriber);
    if (!subscriber.isConnected()) {
      unsubscribe(subscriber.id());
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
    Arrival arrival = arrivals.remove(session);
    if (arrival != null) {
      arrival.leave();
    }
    Subscriber subscriber = subscribers.remove(session);
    if (subscriber != null) {
      subscriber.leave();
      feed.leave(subscriber);
      rooms.computeIfPresent(
          subscriber.room(), (room, all) -> all.remove(subscriber) && all.isEmpty() ? null : all);
    }
  }

  /** The clients that connected with this name, also those that still catch up. */
  List<Session> in(String room) {
    return rooms.getOrDefault(room, Set.of()).stream().map(Subscriber::session).toList();
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
    return caughtUp(feed.publish(stretch));
  }

  /** Whether all of a stretch has come before, so that its events need not be read. */
  boolean has(String log, Map<Integer, Long> next) {
    return feed.has(log, next);
  }

  /** The same for one that comes again: what cannot be pushed now is then. */
  int publishEarly(Stretch stretch) {
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

  /** The log that events are from now. */
  String log() {
    return feed.position().log();
  }

  int size() {
    return subscribers.size();
  }
}
