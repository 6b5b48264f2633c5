package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import courier.feed.log.Page;
import courier.feed.turns.Turn;

/**
 * A client that gets the events of a room. It knows its position and keeps no events, so that it
 * costs nothing to be slow.
 */
final class Subscriber {
  private final Client client;
  private final String room;
  private final Counts counts;
  private final long arrived = System.nanoTime();
  private Cursor position;
  private volatile Counts.Start coming;
  private volatile Turn turn;
  private volatile boolean gone;
  private volatile long sent;

  Subscriber(Client client, String room, Counts counts) {
    this.client = client;
    this.room = room;
    this.counts = counts;
  }

  Client client() {
    return client;
  }

  String room() {
    return room;
  }

  /** When it came, as {@link System#nanoTime} has it. */
  long arrived() {
    return arrived;
  }

  /** Up to where it has all events, once that is known and while it catches up. */
  Cursor position() {
    return position;
  }

  void startAt(Cursor from) {
    position = from;
  }

  /** It has come, and has yet to catch up. */
  void comes(Counts.Start how) {
    coming = how;
  }

  /** It has all there is; counted for the first time only. */
  void caughtUp() {
    Counts.Start how = coming;
    if (how != null) {
      coming = null;
      counts.caughtUp(how, arrived);
    }
  }

  boolean isConnected() {
    return !gone && client.isConnected();
  }

  /** It waits for its turn, or has it. */
  void waitsFor(Turn next) {
    turn = next;
    if (gone) {
      next.end();
    }
  }

  /** Its turn to catch up begins: it was sent nothing in it yet. */
  void begins() {
    sent = 0;
  }

  void leave() {
    gone = true;
    Turn last = turn;
    if (last != null) {
      last.end();
    }
  }

  /** Sends what it has missed. */
  void send(Page missed) {
    if (missed.isEmpty()) {
      return;
    }
    sent += missed.length();
    Delivery delivery = new Delivery();
    for (LogEvent event : missed.events()) {
      position = position.after(event.partition(), event.offset());
      delivery.add(event, position);
    }
    client.send(delivery);
    counts.delivered(missed.events().size(), 1);
  }

  /** How much it was sent in this turn. */
  long sent() {
    return sent;
  }
}
