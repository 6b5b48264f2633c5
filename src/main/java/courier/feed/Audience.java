package courier.feed;

import courier.feed.log.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who gets the next events of a feed. */
final class Audience {
  private final Client.FanOut fanOut;
  private final Counts counts;
  private final Map<String, Set<Subscriber>> live = new HashMap<>();

  /** Who has something of what is yet to come here, as it was at another instance. */
  private final Set<Subscriber> ahead = new LinkedHashSet<>();

  Audience(Client.FanOut fanOut, Counts counts) {
    this.fanOut = fanOut;
    this.counts = counts;
  }

  boolean isIn(String room) {
    return live.containsKey(room);
  }

  void join(Subscriber subscriber) {
    live.computeIfAbsent(subscriber.room(), room -> new LinkedHashSet<>()).add(subscriber);
  }

  void joinAhead(Subscriber subscriber) {
    ahead.add(subscriber);
  }

  void leave(Subscriber subscriber) {
    ahead.remove(subscriber);
    Set<Subscriber> room = live.get(subscriber.room());
    if (room != null && room.remove(subscriber) && room.isEmpty()) {
      live.remove(subscriber.room());
    }
  }

  /**
   * Sends events to all in their rooms.
   *
   * @return how many
   */
  int send(Map<String, Delivery> rooms) {
    rooms.forEach(
        (room, events) -> {
          List<Client> clients = live.get(room).stream().map(Subscriber::client).toList();
          fanOut.send(events, clients);
          counts.delivered(events.items().size(), clients.size());
        });
    return rooms.values().stream().mapToInt(events -> events.items().size()).sum();
  }

  /** Lets those go that were ahead of a feed, and are not any more or may have to get an event. */
  List<Subscriber> letGo(Cursor position, Set<String> rooms) {
    List<Subscriber> some =
        ahead.stream()
            .filter(who -> rooms.contains(who.room()) || position.covers(who.position()))
            .toList();
    some.forEach(ahead::remove);
    return some;
  }

  /**
   * Lets all go.
   *
   * @param position of those who were not ahead
   */
  List<Subscriber> letGo(Cursor position) {
    List<Subscriber> all = new ArrayList<>();
    live.values().forEach(all::addAll);
    all.forEach(subscriber -> subscriber.startAt(position));
    all.addAll(ahead);
    live.clear();
    ahead.clear();
    return all;
  }
}
