package courier.socketio;

import courier.socketio.guard.SlowClients;
import courier.socketio.server.SocketioServer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** How often the server had to turn clients away, for as long as it runs. */
final class ServerCounters implements AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> counters;

  ServerCounters(MeterRegistry registry, String camelContext, SocketioServer server) {
    this.registry = registry;
    counters =
        List.of(
            FunctionCounter.builder(
                    "courier.socketio.refused", server, SocketioServer::refusedHandshakes)
                .description("Handshakes answered with 429")
                .tag("camelContext", camelContext)
                .register(registry),
            FunctionCounter.builder(
                    "courier.socketio.slow", server.slowClients(), SlowClients::closed)
                .description("Clients closed because they did not keep up")
                .tag("camelContext", camelContext)
                .register(registry));
  }

  @Override
  public void close() {
    counters.forEach(registry::remove);
  }
}
