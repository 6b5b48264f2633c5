package courier.reload.save;

import courier.metrics.Figure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The files that are otherwise on the disk than what runs, and why: as details of health, which is
 * up, as what ran before goes on; and as the gauge {@code courier.routes.refused}.
 */
public final class RefusedSaves extends AbstractHealthCheck {
  private final Map<Path, Refused> refused = new ConcurrentHashMap<>();

  /** A save, and why it is not live. */
  record Refused(Save save, String why, boolean isTakenBack) {}

  public RefusedSaves() {
    super("courier", "saves");
  }

  /** Whether that is something new. */
  boolean add(Save save, String why, boolean takenBack) {
    Refused now = new Refused(save, why, takenBack);
    return !now.equals(refused.put(save.file(), now));
  }

  void remove(Path file) {
    refused.remove(file);
  }

  boolean has(Path file) {
    return refused.containsKey(file);
  }

  /** Those that may be good by now, as others have changed. */
  List<Save> toTryAgain() {
    return refused.values().stream()
        .filter(each -> !each.isTakenBack())
        .map(Refused::save)
        .sorted(Comparator.comparing(Save::file))
        .toList();
  }

  void measure(CamelContext context) {
    MeterRegistry registry = context.getRegistry().findSingleByType(MeterRegistry.class);
    if (registry != null) {
      Gauge.builder(Figure.ROUTES_REFUSED.id(), refused, Map::size)
          .description(Figure.ROUTES_REFUSED.description())
          .tag("camelContext", context.getName())
          .register(registry);
    }
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.up();
    if (!refused.isEmpty()) {
      builder.message("What ran before goes on, as a save of these is not live: " + names());
    }
    refused.forEach((file, why) -> builder.detail(file.toString(), why.why()));
  }

  private Set<Path> names() {
    return new TreeSet<>(refused.keySet());
  }
}
