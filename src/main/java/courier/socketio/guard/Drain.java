package courier.socketio.guard;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has the clients leave before their server stops, each at a moment of its own, as all at once
 * would come to the other servers at once. Each comes again by itself.
 */
public final class Drain {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Supplier<? extends Collection<? extends Guarded>> clients;
  private volatile boolean begun;

  public Drain(Supplier<? extends Collection<? extends Guarded>> clients) {
    this.clients = clients;
  }

  /** Whether who comes now had better go to another server. */
  public boolean hasBegun() {
    return begun;
  }

  /** Returns when nobody is there any more, after so many milliseconds at most. */
  public void last(long millis) throws InterruptedException {
    begun = true;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = end - System.nanoTime();
    while (left > 0 && !clients.get().isEmpty()) {
      long turns = Math.max(1, left / TURN_NANOS);
      // Of those who are left each has the same chance in each turn, and in the last one all.
      for (Guarded client : List.copyOf(clients.get())) {
        if (ThreadLocalRandom.current().nextLong(turns) == 0) {
          client.cut();
        }
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(TURN_NANOS, left));
      left = end - System.nanoTime();
    }
  }
}
