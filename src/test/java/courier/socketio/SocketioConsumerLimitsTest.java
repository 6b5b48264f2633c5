package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.socketio.server.SocketioConfiguration;
import courier.socketio.session.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client emits costs the others no more than it may. */
@Timeout(30)
class SocketioConsumerLimitsTest {
  private final CamelContext context = new DefaultCamelContext();
  private final List<Object> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private SocketioComponent component;
  private SocketioConfiguration options;
  private int port;

  @BeforeEach
  void configure() throws Exception {
    port = SocketioClient.freePort();
    component = context.getComponent("socketio", SocketioComponent.class);
    options = component.getConfiguration();
    options.setPort(port);
  }

  private void start() throws Exception {
    context.start();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:note").process(this::note);
            from("socketio:wait").process(exchange -> go.await()).process(this::note);
            from("socketio:large").setBody(constant("x".repeat(128 * 1024)));
            from("socketio:compute").process(SocketioConsumerLimitsTest::compute);
          }

          private void note(Exchange exchange) {
            handled.add(exchange.getMessage().getBody());
          }
        });
  }

  /** For 50 ms, however often others are given the processor. */
  private static void compute(Exchange exchange) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + 50_000_000;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stop() {
    go.countDown();
    context.stop();
  }

  private PlainClient connected() {
    PlainClient client = PlainClient.open(port).send("40");
    await().until(() -> client.received.size() > 1);
    return client;
  }

  private static void awaitAnswers(PlainClient client, String id) {
    await()
        .until(() -> client.received.stream().anyMatch(text -> text.startsWith("43" + id + "[")));
  }

  @Test
  void whoEmitsMoreThanIsTakenIsReadNoFasterAndLosesNothing() throws Exception {
    options.setMaxEventsPerSecond(10_000);
    options.setMaxEventsPerSecondPerAddress(10_000);
    start();
    String large = "x".repeat(10_000);
    try (PlainClient client = connected()) {
      Session session = component.session(client.session());
      Thread emitter =
          new Thread(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  client.send("42[\"wait\"," + i + ",\"" + large + "\"]");
                }
              });
      emitter.start();
      await().until(() -> session.events.waiting() > 6);
      // 20 MB are on their way, and none of them but a few are here.
      await().during(Duration.ofMillis(300)).until(() -> session.events.waiting() < 100);
      go.countDown();
      await().until(() -> handled.size() == 2_000);
      emitter.join();
      assertEquals(IntStream.range(0, 2_000).boxed().toList(), List.copyOf(handled));
    }
  }

  /**
   * An answer of 128 KiB counts for eight events, 50 ms of computing for 200: more than are taken
   * in a second.
   */
  @ParameterizedTest
  @CsvSource({"large, 1", "compute, 10"})
  void whoCostsMoreThanAnEventPaysForItBeforeTheNext(String event, int perSecond) throws Exception {
    options.setMaxEventsPerSecond(perSecond);
    start();
    try (PlainClient greedy = connected();
        PlainClient modest = connected()) {
      greedy.send("421[\"" + event + "\"]");
      awaitAnswers(greedy, "1");
      greedy.send("42[\"note\",\"greedy\"]");
      modest.send("421[\"note\",\"modest\"]");
      awaitAnswers(modest, "1");
      modest.send("422[\"note\",\"modest again\"]");
      awaitAnswers(modest, "2");

      assertEquals(List.of("modest", "modest again"), List.copyOf(handled));
    }
  }

  @Test
  void whoPollsAndEmitsFarMoreThanIsTakenIsClosed() throws Exception {
    start();
    PollingClient client = PollingClient.open(port).post("40");
    String hundred = String.join("\u001e", Collections.nCopies(100, "42[\"unknown\"]"));
    int posts = 0;
    while (component.session(client.session) != null) {
      client.post(hundred);
      posts++;
    }
    assertTrue(posts > 5, "ahead of what it may by seconds: " + posts);
  }

  @Test
  void moreEventsThanThereIsRoomForCloseTheConnection() throws Exception {
    options.setMaxEventBytes(100_000);
    start();
    try (PlainClient client = connected()) {
      for (int i = 0; i < 3; i++) {
        client.send("42[\"wait\",\"" + "x".repeat(20_000) + "\"]");
      }
      client.awaitClosed("1013 too many events are waiting");
    }
  }

  @Test
  void thousandsThatNoRouteTakesAreAnsweredBehindASlowOne() throws Exception {
    options.setMaxEventsPerSecond(1_000_000);
    options.setMaxEventsPerSecondPerAddress(1_000_000);
    start();
    try (RawClient client = new RawClient(port, "10.0.0.1")) {
      client.send("40");
      client.send("42[\"wait\",1]");
      client.send("42[\"n\"]", 20_000);
      client.send("42[\"note\",2]");
      go.countDown();
      await().until(() -> handled.equals(List.of(1, 2)));
    }
  }

  @Test
  void oneAddressLeavesThreadsToOthers() throws Exception {
    options.setWorkers(2);
    start();
    try (RawClient one = new RawClient(port, "10.0.0.1");
        RawClient two = new RawClient(port, "10.0.0.1");
        PlainClient other = connected()) {
      one.send("40");
      one.send("42[\"wait\",1]");
      two.send("40");
      two.send("42[\"wait\",2]");
      other.send("42[\"note\",3]");
      await().until(() -> handled.equals(List.of(3)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"42%s[\"a\"]", "42/%s,1[\"a\"]", "451-/%s,[\"a\"]", "451-%s[\"a\"]"})
  void aLongBeginningOfAnEventClosesTheConnection(String packet) throws Exception {
    start();
    try (PlainClient client = connected().send(packet.formatted("1".repeat(60_000)))) {
      client.awaitClosed("1002 an event is not as the protocol has it");
    }
  }

  @Test
  void anEventHasNoMoreInItsAttachmentsThanInOneMessage() throws Exception {
    start();
    try (PlainClient client = connected()) {
      client.send("45999-[\"note\",{\"_placeholder\":true,\"num\":0}]");
      for (int i = 0; i < 3; i++) {
        client.sendBytes(30_000);
      }
      client.awaitClosed("1009 an event may have 65536 bytes");
    }
  }
}
