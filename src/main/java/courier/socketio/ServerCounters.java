package courier.socketio;

import courier.feed.Counts;
import courier.metrics.Figure;
import courier.socketio.guard.SlowClients;
import courier.socketio.server.SocketioServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the server counts by itself, for as long as it runs. */
final class ServerCounters implements AutoCloseable {
  private static final String CONTEXT = "camelContext";

  private final MeterRegistry registry;
  private final String camelContext;
  private final List<Meter> meters = new ArrayList<>();

  ServerCounters(MeterRegistry registry, String camelContext, SocketioServer server) {
    this.registry = registry;
    this.camelContext = camelContext;
    counter(Figure.TURNED_AWAY, server, SocketioServer::refusedHandshakes);
    counter(Figure.SLOW, server.slowClients(), SlowClients::closed);
  }

  /** Those of who get the events of a log too. */
  void add(Counts counts) {
    counter(Figure.DELIVERIES, counts, Counts::deliveries);
    for (Counts.Start start : Counts.Start.values()) {
      meters.add(
          FunctionTimer.builder(
                  Figure.RECOVERIES.id(),
                  counts,
                  all -> all.caughtUp(start),
                  all -> all.seconds(start),
                  TimeUnit.SECONDS)
              .description(Figure.RECOVERIES.description())
              .tags(CONTEXT, camelContext, "from", start.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  private <T> void counter(Figure figure, T counted, ToDoubleFunction<T> number) {
    meters.add(
        FunctionCounter.builder(figure.id(), counted, number)
            .description(figure.description())
            .tag(CONTEXT, camelContext)
            .register(registry));
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
