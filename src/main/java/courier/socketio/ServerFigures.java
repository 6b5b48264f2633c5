package courier.socketio;

import courier.feed.Counts;
import courier.metrics.Figure;
import courier.socketio.guard.SlowClients;
import courier.socketio.server.SocketioServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** What is counted and measured of the server, for as long as it runs. */
final class ServerFigures implements AutoCloseable {
  private static final String CONTEXT = "camelContext";

  private final MeterRegistry registry;
  private final String camelContext;
  private final List<Meter> meters = new ArrayList<>();

  private ServerFigures(MeterRegistry registry, String camelContext) {
    this.registry = registry;
    this.camelContext = camelContext;
  }

  static ServerFigures of(CamelContext context, SocketioServer server) {
    MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
    ServerFigures figures =
        new ServerFigures(
            registry == null ? new SimpleMeterRegistry() : registry, context.getName());
    figures.gauge(Figure.CLIENTS, server, SocketioServer::connectedClients);
    figures.counter(Figure.TURNED_AWAY, server, SocketioServer::refusedHandshakes);
    figures.counter(Figure.SLOW, server.slowClients(), SlowClients::closed);
    return figures;
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

  private <T> void gauge(Figure figure, T measured, ToDoubleFunction<T> number) {
    meters.add(
        Gauge.builder(figure.id(), measured, number)
            .description(figure.description())
            .tag(CONTEXT, camelContext)
            .register(registry));
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
