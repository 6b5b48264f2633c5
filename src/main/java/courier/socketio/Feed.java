package courier.socketio;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of a log on their way to the clients: up to where they were pushed, the last of them,
 * and who gets the next ones. All instances push the same events in the same order, so that a
 * position is one at each of them.
 */
final class Feed {
  /** Characters of JSON; about 30,000 events of an ordinary size. */
  private static final long KEPT = 8 * 1024 * 1024;

  private final Map<String, Set<Subscriber>> live = new HashMap<>();
  private Cursor position;
  private Recent recent;

  /**
   * @param position up to where all is stored
   */
  Feed(Cursor position) {
    this.position = position;
    this.recent = new Recent(KEPT, position);
  }

  synchronized Cursor position() {
    return position;
  }

  /** Whether what comes after a position needs no look into the store. */
  synchronized boolean remembers(Cursor from) {
    return recent.reachBackTo(from) && position.covers(from);
  }

  /**
   * Pushes events; those that were pushed before are left out.
   *
   * @return how many somebody got
   */
  synchronized int publish(List<LogEvent> events) {
    Map<String, FanOut> rooms = new HashMap<>();
    for (LogEvent event : events) {
      if (event.isAfter(position)) {
        position = position.after(event.partition(), event.offset());
        recent.add(event);
        if (live.containsKey(event.room())) {
          rooms.computeIfAbsent(event.room(), room -> new FanOut()).add(event, position);
        }
      }
    }
    rooms.forEach((room, fanOut) -> fanOut.sendTo(live.get(room)));
    return rooms.values().stream().mapToInt(FanOut::size).sum();
  }

  /**
   * Goes on at a later position, when events were missed here.
   *
   * @return who has to catch up with them
   */
  synchronized List<Subscriber> skipTo(Cursor later) {
    List<Subscriber> behind = new ArrayList<>();
    live.values().forEach(behind::addAll);
    live.clear();
    behind.forEach(subscriber -> subscriber.startAt(position));
    position = position.max(later);
    recent = new Recent(KEPT, position);
    return behind;
  }

  /**
   * Sends a subscriber the next of the last events, if they reach back to its position, and with
   * the last of them lets it get the next ones: nothing comes in between.
   *
   * @return what is left to do
   */
  synchronized Next join(Subscriber subscriber, int limit) {
    if (!recent.reachBackTo(subscriber.position())) {
      return Next.STORE;
    }
    List<LogEvent> missed = recent.after(subscriber.position(), subscriber.room(), limit);
    if (!subscriber.catchUp(missed) || missed.size() == limit) {
      return Next.MORE;
    }
    if (!position.covers(subscriber.position())) {
      return Next.WAIT; // another instance is ahead of this one, and the client was there
    }
    live.computeIfAbsent(subscriber.room(), room -> new LinkedHashSet<>()).add(subscriber);
    return Next.NOTHING;
  }

  synchronized void leave(Subscriber subscriber) {
    Set<Subscriber> room = live.get(subscriber.room());
    if (room != null && room.remove(subscriber) && room.isEmpty()) {
      live.remove(subscriber.room());
    }
  }

  enum Next {
    NOTHING,
    MORE,
    STORE,
    WAIT
  }
}
