package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** Who is connected leaves one by one when the server is going to stop. */
class DrainTest extends CamelTestSupport {
  private static final int CLIENTS = 30;

  private int port;
  private SocketioComponent component;

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    port = SocketioClient.freePort();
    component = context.getComponent("socketio", SocketioComponent.class);
    component.getConfiguration().setPort(port);
    return context;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:push").to("socketio:newMessage");
      }
    };
  }

  @Test
  void closesNotAllAtOnce() {
    IntStream.range(0, CLIENTS).forEach(i -> PlainClient.open(port).send("40"));
    await().until(() -> component.getConnectedClients() == CLIENTS);
    Set<Integer> counts = new TreeSet<>();

    CompletableFuture<Void> drained = drain(2_000);
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              counts.add(component.getConnectedClients());
              return counts.contains(0);
            });

    drained.join();
    assertTrue(counts.size() > 6, counts + " is a herd");
  }

  @Test
  void leavesItToAStockClientToComeAgain() {
    for (String transport : new String[] {"polling", "websocket"}) {
      try (SocketioClient client = SocketioClient.connect(port, "", transport)) {
        drain(300).join();
        await().until(() -> client.disconnects.get() == 1);
        await().until(client::connected);
      }
    }
  }

  @Test
  void waitsForNobodyWhenNobodyIsThere() {
    assertEquals(0, component.getConnectedClients());
    drain(Duration.ofDays(1).toMillis()).orTimeout(10, TimeUnit.SECONDS).join();
    assertTrue(component.acceptor().orElseThrow().isLeaving());
  }

  private CompletableFuture<Void> drain(long millis) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            component.drain(millis);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
