package courier.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/**
 * The figures of one service. They outlive its routes, so that one that is edited goes on counting.
 *
 * <p>Tags are given as {@code name, value, name, value}, of each figure always the same names.
 */
public final class Figures {
  /** Of each figure; values beyond are counted as {@code other}, as each costs memory for good. */
  private static final int MOST_SERIES = 100;

  private static final Duration[] BOUNDS =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000, 3_600_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Figure, Set<List<String>>> known = new EnumMap<>(Figure.class);
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<List<String>, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

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

  /** How many were counted. */
  public double counted(Figure figure, String... tags) {
    return counter(figure, tags).count();
  }

  private Counter counter(Figure figure, String... tags) {
    Counter there = counters.get(key(figure, tags));
    return there == null ? make(figure, bounded(figure, tags)) : there;
  }

  private Counter make(Figure figure, String... tags) {
    return counters.computeIfAbsent(
        key(figure, tags),
        key ->
            Counter.builder(figure.id())
                .description(figure.description())
                .tags(tags)
                .register(registry));
  }

  /**
   * Sets a gauge.
   *
   * @param value {@link Double#NaN} when it is not known
   */
  public void set(Figure figure, double value, String... tags) {
    String[] few = bounded(figure, tags);
    gauges.computeIfAbsent(key(figure, few), key -> gauge(figure, few)).set(value);
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

  private static List<String> key(Figure figure, String... tags) {
    return switch (tags.length) {
      case 0 -> List.of(figure.id());
      case 2 -> List.of(figure.id(), tags[1]);
      default -> List.of(figure.id(), Arrays.toString(tags));
    };
  }

  private synchronized String[] bounded(Figure figure, String... tags) {
    Set<List<String>> series = known.computeIfAbsent(figure, any -> new HashSet<>());
    if (series.size() < MOST_SERIES || series.contains(List.of(tags))) {
      series.add(List.of(tags));
      return tags;
    }
    String[] others = tags.clone();
    for (int i = 1; i < others.length; i += 2) {
      others[i] = "other";
    }
    return others;
  }
}
