package courier.socketio.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Holds events back while routes change, and knows which have been begun. */
public final class EventGate {
  /** The longest that anybody waits for one. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private int begun;

  /** What comes meanwhile; null when all go on. */
  private List<Runnable> held;

  /** At once, or when it is released. */
  void begin(Runnable event) {
    synchronized (this) {
      if (held != null) {
        held.add(event);
        return;
      }
      begun++;
    }
    event.run();
  }

  /** One that was begun is handled. */
  synchronized void end() {
    begun--;
    notifyAll();
  }

  /** Begins with no more events, and waits until those are handled that were begun, or a while. */
  public synchronized void hold() throws InterruptedException {
    held = new ArrayList<>();
    long deadline = System.nanoTime() + DRAIN_NANOS;
    for (long left = DRAIN_NANOS; begun > 0 && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Goes on with what was held back. */
  public void release() {
    List<Runnable> next;
    synchronized (this) {
      next = held == null ? List.of() : held;
      held = null;
    }
    next.forEach(this::begin);
  }
}
