package courier.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/**
 * The figures of one service. They outlive its routes, so that one that is edited goes on counting.
 *
 * <p>Tags are given as {@code name, value, name, value}, of each figure always the same names.
 * Their values are of the routes and the code, and never what a stranger says: each costs memory
 * for good.
 */
public final class Figures {
  private static final Duration[] BOUNDS =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000, 3_600_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<List<Object>, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

  Figures(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Those of the service that a context is. */
  public static Figures of(CamelContext context) {
    Figures figures = context.getCamelContextExtension().getContextPlugin(Figures.class);
    return figures == null ? make(context) : figures;
  }

  private static synchronized Figures make(CamelContext context) {
    ExtendedCamelContext extension = context.getCamelContextExtension();
    Figures made = extension.getContextPlugin(Figures.class);
    if (made == null) {
      MeterRegistry registry = context.getRegistry().findSingleByType(MeterRegistry.class);
      made = new Figures(registry == null ? new SimpleMeterRegistry() : registry);
      extension.addContextPlugin(Figures.class, made);
    }
    return made;
  }

  /** Counts so many more. */
  public void count(Figure figure, long more, String... tags) {
    if (more > 0) {
      counter(figure, tags).increment(more);
    }
  }

  /** Shows a counter from the start, as 0: what appears as 1 has risen by nothing. */
  public Figures expect(Figure figure, String... tags) {
    counter(figure, tags);
    return this;
  }

  private Counter counter(Figure figure, String... tags) {
    return Counter.builder(figure.id())
        .description(figure.description())
        .tags(tags)
        .register(registry);
  }

  /**
   * Sets a gauge.
   *
   * @param value {@link Double#NaN} when it is not known
   */
  public void set(Figure figure, double value, String... tags) {
    gauges
        .computeIfAbsent(List.of(figure.id(), List.of(tags)), key -> gauge(figure, tags))
        .set(value);
  }

  private AtomicReference<Double> gauge(Figure figure, String... tags) {
    AtomicReference<Double> now = new AtomicReference<>(Double.NaN);
    Gauge.builder(figure.id(), now, AtomicReference::get)
        .description(figure.description())
        .baseUnit(figure.kind() == Figure.Kind.SECONDS ? "seconds" : null)
        .tags(tags)
        .strongReference(true)
        .register(registry);
    return now;
  }

  /** A histogram of times without tags. */
  public Timer timer(Figure figure) {
    return Timer.builder(figure.id())
        .description(figure.description())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
