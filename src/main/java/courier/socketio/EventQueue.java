package courier.socketio;

import java.util.ArrayDeque;
import java.util.Deque;

/** The events that a client has emitted: they are handled one after the other, as it sent them. */
final class EventQueue {
  private final Deque<Handling> waiting = new ArrayDeque<>();
  private boolean busy;

  /** How an event is handled. */
  interface Handling {
    /**
     * @param done to be run once, when the next one may begin
     */
    void begin(Runnable done);
  }

  void add(Handling event) {
    synchronized (this) {
      waiting.add(event);
      if (busy) {
        return;
      }
      busy = true;
    }
    next();
  }

  private void next() {
    Handling event;
    synchronized (this) {
      event = waiting.poll();
      busy = event != null;
    }
    if (event != null) {
      event.begin(this::next);
    }
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
