package courier.reload.diagram;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whose steps are looked at. Only they are counted, as counting costs everything that goes through
 * them, and that ends some time after the last look.
 */
final class Lookers {
  private final Map<String, Long> lookedAt = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final Duration patience;
  private final Consumer<String> leave;

  /**
   * @param patience how long one may not look until nobody does
   * @param leave is told of each route that nobody looks at any more
   */
  Lookers(ScheduledExecutorService timer, Duration patience, Consumer<String> leave) {
    this.timer = timer;
    this.patience = patience;
    this.leave = leave;
  }

  void look(String route) {
    if (lookedAt.put(route, System.nanoTime()) == null) {
      check(route, patience.toNanos());
    }
  }

  private void check(String route, long nanos) {
    timer.schedule(
        () -> {
          long left = lookedAt.get(route) + patience.toNanos() - System.nanoTime();
          if (left > 0) {
            check(route, left);
          } else {
            lookedAt.remove(route);
            leave.accept(route);
          }
        },
        nanos,
        TimeUnit.NANOSECONDS);
  }
}
