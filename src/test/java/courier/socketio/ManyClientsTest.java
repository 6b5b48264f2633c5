package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.feed.log.Cursor;
import courier.feed.log.EventLog;
import courier.feed.log.Page;
import courier.socketio.server.SocketioConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What some clients ask for must not hold up the others: a real server, and numbers as its store.
 */
@Timeout(60)
class ManyClientsTest extends CamelTestSupport {
  private static final String LOG = "log";
  private static final long STORED = 400;
  private static final String TEXT = "x".repeat(40_000);
  private static final String CROWD = "192.0.2.1";

  private final List<RawClient> crowd = new ArrayList<>();
  private final AtomicInteger looksUp = new AtomicInteger();
  private final AtomicInteger pages = new AtomicInteger();
  private final CountDownLatch store = new CountDownLatch(1);
  private final SocketioConfiguration options = new SocketioConfiguration();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    options.setPort(SocketioClient.freePort());
    options.setMaxCatchUpBytes(4 * Page.LENGTH);
    options.setCatchUpTimeout(300);
    context.getComponent("socketio", SocketioComponent.class).setConfiguration(options);
    context
        .getRegistry()
        .bind(
            "log",
            new EventLog() {
              @Override
              public String id() {
                return LOG;
              }

              @Override
              public Map<Integer, Long> positions() {
                return Map.of(0, STORED);
              }

              @Override
              public Map<Integer, Long> ends() {
                return positions();
              }
            });
    return context;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:push")
            .to(
                "socketio:newMessage?useIterator=true&log=#log&recipients=anna"
                    + "&missed=direct:missed&positionOf=direct:positionOf");
        from("direct:missed").process(e -> missed(e.getMessage()));
        from("direct:positionOf").process(e -> lookUp(e.getMessage()));
      }
    };
  }

  private void missed(Message asked) {
    pages.incrementAndGet();
    asked.setBody(
        LongStream.range(
                asked.getHeader(SocketioConstants.OFFSET, Long.class),
                asked.getHeader(SocketioConstants.UNTIL, Long.class))
            .mapToObj(this::event)
            .iterator());
  }

  private Message event(long offset) {
    Message event = new DefaultMessage(context);
    event.setHeader(SocketioConstants.PARTITION, 0);
    event.setHeader(SocketioConstants.OFFSET, offset);
    event.setHeader(SocketioConstants.ROOM, "anna");
    event.setBody(TEXT + offset);
    return event;
  }

  /** The crowd's looks take until the test ends them. */
  private void lookUp(Message asked) throws Exception {
    if (asked.getBody(String.class).startsWith("crowd")) {
      looksUp.incrementAndGet();
      store.await();
    }
    asked.setBody(Map.of(0, STORED - 1));
  }

  @AfterEach
  void disperse() throws Exception {
    store.countDown();
    for (RawClient client : crowd) {
      client.close();
    }
  }

  @Test
  void whoIsLookedUpForLongHoldsUpNobodyElseAndWhoIsGoneIsNotLookedUp() throws Exception {
    for (int i = 0; i < 50; i++) {
      join("{\"after\":\"crowd" + i + "\"}");
    }
    await().until(() -> looksUp.get() == 2);

    try (SocketioClient anna = honest("id")) {
      anna.awaitReceived(1);
    }
    for (RawClient client : crowd) {
      client.close();
    }
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    await().until(() -> component.getConnectedClients() == 0);
    store.countDown();
    try (SocketioClient anna = honest("id")) {
      anna.awaitReceived(1);
    }
    assertEquals(2, looksUp.get());
    await().until(() -> component.getConnectedClients() == 0);
  }

  @Test
  void whoDoesNotReadWhatItMissedHoldsNoMoreThanItsShare() throws Exception {
    String beginning = Cursor.start(LOG).at(0, 0).toString();
    for (int i = 0; i < 20; i++) {
      join("{\"after\":\"" + Cursor.start(LOG).at(0, i) + "\"}");
    }
    await()
        .until(() -> context.getComponent("socketio", SocketioComponent.class).subscribers() == 20);

    try (SocketioClient anna = honest(beginning)) {
      anna.awaitReceived((int) STORED);
      assertEquals(TEXT + (STORED - 1), anna.received.get((int) STORED - 1));
      assertEquals(0, anna.disconnects.get());
    }
    // All wait for each other, so that those who hold what the others need are closed.
    await()
        .until(() -> context.getComponent("socketio", SocketioComponent.class).subscribers() < 20);
  }

  private void join(String auth) throws Exception {
    RawClient client = new RawClient(options.getPort(), CROWD);
    crowd.add(client);
    client.send("40" + auth);
  }

  /** At another address than the crowd. */
  private SocketioClient honest(String after) throws Exception {
    return SocketioClient.connect(options.getPort(), Map.of("after", after), "websocket");
  }
}
