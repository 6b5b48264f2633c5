package courier.chaos.traffic;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import courier.chaos.ledger.Ledger;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Has listeners go from one instance to the next, again and again. */
public final class Hops implements AutoCloseable {
  private static final int LEAST_MILLIS = 3_000;
  private static final int MOST_MILLIS = 9_000;

  private final Random random;
  private final Ledger ledger;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param seed says how often each one hops
   */
  public Hops(long seed, Ledger ledger) {
    random = new Random(seed);
    this.ledger = ledger;
  }

  public void start(List<Listener> listeners) {
    for (Listener listener : listeners) {
      long every = LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS);
      thread.scheduleWithFixedDelay(ledger.guard(listener::hop), every, every, MILLISECONDS);
    }
  }

  public void end() {
    thread.shutdownNow();
  }

  @Override
  public void close() {
    end();
  }
}
