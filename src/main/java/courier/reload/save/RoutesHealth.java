package courier.reload.save;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.health.ConsumerHealthCheck;
import org.apache.camel.impl.health.RouteHealthCheck;

/**
 * The health of routes and their consumers. While they are replaced it is what it was before:
 * Camel's own checks fail then, as they ask for the status of a route that is not there.
 */
final class RoutesHealth {
  private final CamelContext context;
  private final StampedLock replacing = new StampedLock();

  RoutesHealth(CamelContext context) {
    this.context = context;
  }

  /** Takes the place of Camel's own. */
  void install() {
    HealthCheckRegistry registry = HealthCheckRegistry.get(context);
    for (HealthCheckRepository health :
        List.of(
            new Repository("routes", OfRoute::new), new Repository("consumers", OfConsumer::new))) {
      registry.getRepository(health.getId()).ifPresent(registry::unregister);
      registry.register(health);
    }
  }

  /**
   * @return for {@link #areReplaced}
   */
  long areBeingReplaced() {
    return replacing.writeLock();
  }

  void areReplaced(long stamp) {
    replacing.unlockWrite(stamp);
  }

  /**
   * @param before what to say if routes are replaced while it is asked; null is that nothing is
   *     known, and who asks waits
   */
  private <T> T ask(Supplier<T> question, Supplier<T> before) {
    long stamp = replacing.tryOptimisticRead();
    if (stamp != 0) {
      try {
        T answer = question.get();
        if (replacing.validate(stamp)) {
          return answer;
        }
      } catch (RuntimeException e) {
        if (replacing.validate(stamp)) {
          throw e;
        }
      }
    }
    T known = before.get();
    return known == null ? askWhenReplaced(question) : known;
  }

  private <T> T askWhenReplaced(Supplier<T> question) {
    long stamp = replacing.readLock();
    try {
      return question.get();
    } finally {
      replacing.unlockRead(stamp);
    }
  }

  /** One kind of checks, by route. */
  private final class Repository implements HealthCheckRepository {
    private final String id;
    private final Function<Route, HealthCheck> make;
    private volatile boolean enabled = true;
    private volatile Map<Route, HealthCheck> checks;

    Repository(String id, Function<Route, HealthCheck> make) {
      this.id = id;
      this.make = make;
    }

    @Override
    public String getId() {
      return id;
    }

    @Override
    public boolean isEnabled() {
      return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
      this.enabled = enabled;
    }

    @Override
    public Stream<HealthCheck> stream() {
      if (!enabled) {
        return Stream.empty();
      }
      checks = ask(this::ofRoutes, () -> checks);
      return checks.values().stream();
    }

    private Map<Route, HealthCheck> ofRoutes() {
      Map<Route, HealthCheck> known = checks == null ? Map.of() : checks;
      return context.getRoutes().stream()
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  route -> known.containsKey(route) ? known.get(route) : make.apply(route),
                  (one, other) -> one,
                  LinkedHashMap::new));
    }
  }

  private final class OfRoute extends RouteHealthCheck {
    private volatile Result before;

    OfRoute(Route route) {
      super(route);
      setCamelContext(context);
    }

    @Override
    public Result call(Map<String, Object> options) {
      before = ask(() -> super.call(options), () -> before);
      return before;
    }
  }

  private final class OfConsumer extends ConsumerHealthCheck {
    private volatile Result before;

    OfConsumer(Route route) {
      super(route, "consumer:" + route.getRouteId());
      setCamelContext(context);
    }

    @Override
    public Result call(Map<String, Object> options) {
      before = ask(() -> super.call(options), () -> before);
      return before;
    }
  }
}
