package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.EndedLogs;
import courier.feed.log.LogEvent;
import courier.feed.log.Page;
import courier.feed.log.Recent;
import courier.feed.log.Stretch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The events of a log on their way to the clients: up to where they were pushed, the last of them,
 * and who gets the next ones. All instances push the events of a partition in the same order, so
 * that a position means the same at each of them.
 */
final class Feed {
  /** Bytes; about 20,000 events of an ordinary size. */
  private static final long KEPT = 8 * 1024 * 1024;

  private final Audience audience;
  private final EndedLogs ended = new EndedLogs();
  private Cursor position;
  private Recent recent;

  /**
   * @param position up to where all is stored
   */
  Feed(Cursor position, Client.FanOut fanOut, Counts counts) {
    audience = new Audience(fanOut, counts);
    begin(position);
  }

  private void begin(Cursor at) {
    position = at;
    recent = new Recent(KEPT, at);
  }

  synchronized Cursor position() {
    return position;
  }

  /** Up to where who is at a position has to catch up: to here, or to where its log has ended. */
  synchronized Cursor until(Cursor from) {
    return ended.end(from.log()).orElse(position);
  }

  /** Whether a log is the present one, or was. */
  synchronized boolean knows(String log) {
    return position.isIn(log) || ended.end(log).isPresent();
  }

  /** Whether what comes after a position needs no look into the store. */
  synchronized boolean remembers(Cursor from) {
    return position.covers(from) && recent.reachBackTo(from);
  }

  /** Whether all before a position was pushed or skipped, or is of a log that has ended. */
  synchronized boolean reached(Cursor other) {
    return position.covers(other)
        || Cursor.start(other.log()).covers(other)
        || ended.end(other.log()).isPresent();
  }

  /**
   * What came of a stretch.
   *
   * @param events how many somebody got
   * @param behind who has to catch up
   */
  record Pushed(int events, List<Subscriber> behind) {}

  /** Pushes the events of a stretch; those that were pushed before are left out. */
  synchronized Pushed publish(Stretch stretch) {
    if (ended.end(stretch.log()).isPresent()) {
      return new Pushed(0, List.of());
    }
    if (!position.isIn(stretch.log())) {
      goOnIn(Cursor.start(stretch.log())); // who had all of the last one gets all of this one
    }
    return stretch.follows(position) ? push(stretch) : new Pushed(0, skipTo(stretch.end(position)));
  }

  /** The same for a stretch that comes again: unless it follows on what is here, it is left. */
  synchronized Pushed publishEarly(Stretch stretch) {
    return position.isIn(stretch.log()) && stretch.follows(position)
        ? push(stretch)
        : new Pushed(0, List.of());
  }

  private Pushed push(Stretch stretch) {
    Map<String, Delivery> rooms = new HashMap<>();
    for (LogEvent event : stretch.events()) {
      if (event.isAfter(position)) {
        position = position.after(event.partition(), event.offset());
        recent.add(event);
        if (audience.isIn(event.room())) {
          rooms.computeIfAbsent(event.room(), room -> new Delivery()).add(event, position);
        }
      }
    }
    position = stretch.end(position);
    return new Pushed(
        audience.send(rooms),
        audience.letGo(
            position, stretch.events().stream().map(LogEvent::room).collect(Collectors.toSet())));
  }

  /**
   * Whether all of a stretch was pushed or skipped before.
   *
   * @param next as of the stretch; one that does not say has to be looked at
   */
  synchronized boolean has(String log, Map<Integer, Long> next) {
    return !next.isEmpty()
        && position.isIn(log)
        && next.entrySet().stream().allMatch(end -> end.getValue() <= position.next(end.getKey()));
  }

  /** Forgets the last events: who has missed some gets them from the store. */
  synchronized void forget() {
    recent = new Recent(KEPT, position);
  }

  private void goOnIn(Cursor later) {
    ended.add(position, later.log());
    begin(later);
  }

  /**
   * Goes on at a later position, or in a later log, when events were missed here.
   *
   * @return who has to catch up with them
   */
  synchronized List<Subscriber> skipTo(Cursor later) {
    List<Subscriber> behind = audience.letGo(position);
    if (position.isIn(later.log())) {
      begin(position.max(later));
    } else {
      goOnIn(later);
    }
    return behind;
  }

  /**
   * Sends a subscriber the next of the last events, if they reach back to its position, and with
   * the last of them lets it get the next ones: nothing comes in between.
   *
   * @param limit how many it may be sent; more than none are no more than a page
   * @return what is left to do
   */
  synchronized Next join(Subscriber subscriber, int limit) {
    for (Optional<Cursor> end; (end = ended.end(subscriber.position().log())).isPresent(); ) {
      if (!subscriber.position().covers(end.get())) {
        return Next.STORE;
      }
      subscriber.startAt(ended.after(end.get()));
    }
    if (!position.isIn(subscriber.position().log())) {
      audience.joinAhead(subscriber);
      return Next.NOTHING;
    }
    if (!recent.reachBackTo(subscriber.position())) {
      return Next.STORE;
    }
    Page missed = recent.after(subscriber.position(), subscriber.room(), Math.max(limit, 1));
    if (limit > 0) {
      subscriber.send(missed);
    }
    if (missed.isFull()) {
      return Next.MORE;
    }
    if (position.covers(subscriber.position())) {
      audience.join(subscriber);
    } else {
      audience.joinAhead(subscriber);
    }
    return Next.NOTHING;
  }

  synchronized void leave(Subscriber subscriber) {
    audience.leave(subscriber);
  }

  enum Next {
    NOTHING,
    MORE,
    STORE
  }
}
