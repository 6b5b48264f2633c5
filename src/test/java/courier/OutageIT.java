package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.End;
import courier.fixture.Records;
import courier.fixture.SentConversations;
import courier.socketio.SocketioClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While MongoDB or Kafka is away, Courier waits, says so, and goes on by itself. */
class OutageIT {
  /** Long enough to give up what is tried again only once, with the settings below. */
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  @TempDir static Path folder;
  private static CourierProcess courier;

  @BeforeAll
  static void configure() {
    courier = new CourierProcess(folder).with("RETRY_ATTEMPTS", "1").with("RETRY_DELAY", "100");
    String mongodb = courier.variable("MONGODB_URI");
    courier.with("MONGODB_URI", mongodb + "?serverSelectionTimeoutMS=1000");
  }

  @BeforeEach
  void start() {
    courier.startApart("kafka", "mongodb", "client-a", "client-b");
  }

  @AfterAll
  static void close() {
    courier.close();
  }

  @Test
  void intakeWaitsForMongodbWithoutADeadLetter() {
    try (SocketioClient client = courier.socketio();
        SentConversations load = new SentConversations(courier, "waiting")) {
      load.awaitMore(20);
      CourierProcess.stop(courier.part("mongodb"));
      await()
          .during(OUTAGE)
          .atMost(OUTAGE.multipliedBy(4))
          .until(() -> ready() == 503 && messagesAreAway());
      load.awaitMore(20);
      assertNoDeadLetter();

      courier.startApart("mongodb");
      send("resumed");
      await().atMost(Duration.ofSeconds(10)).until(() -> isStored("resumed"));
      await().until(() -> ready() == 200);
      load.awaitMore(20);
      load.end();
      load.assertStoredOnceInOrder();
      load.assertPushedOnceInOrder(client);
      load.assertNoneRefused();
    }
    assertNoDeadLetter();
  }

  @Test
  void clientAAsksToSendAgainWhileKafkaIsAway() {
    CourierProcess.stop(courier.part("kafka"));
    // The first one still knows the broker, the second one does not.
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = post("unsent-" + i, Duration.ofSeconds(6));
      assertEquals(503, answer.statusCode());
      assertTrue(answer.headers().firstValue("Retry-After").isPresent());
      assertProblem(answer);
    }

    courier.startApart("kafka");
    await().until(() -> post("sent", Duration.ofSeconds(6)).statusCode() == 202);
    await().until(() -> isStored("sent"));
    assertNoDeadLetter();
  }

  @ParameterizedTest
  @EnumSource
  void clientBCanEndWhileItWaits(End end) {
    String id = "ended-" + System.nanoTime();
    send("before-" + id);
    await().until(() -> isStored("before-" + id));
    CourierProcess.stop(courier.part("mongodb"));
    send(id);
    await()
        .until(() -> CourierProcess.read(courier.log("client-b")).contains("client-b tries again"));
    end.of(courier.part("client-b"));
    assertNoDeadLetter();

    courier.startApart("mongodb", "client-b");
    await().until(() -> isStored(id));
    assertNoDeadLetter();
  }

  private static void send(String id) {
    assertEquals(202, post(id, Duration.ofSeconds(6)).statusCode());
  }

  private static HttpResponse<String> post(String id, Duration atMost) {
    String message = "{\"id\":\"%s\",\"from\":\"outage\",\"to\":\"clientB\",\"message\":\"?\"}";
    return CourierProcess.exchange(courier.post(message.formatted(id)), atMost);
  }

  private static boolean isStored(String id) {
    return courier.get(courier.clientB() + "/messages/" + id).statusCode() == 200;
  }

  private static int ready() {
    return courier.get(courier.managementB() + "/health/ready").statusCode();
  }

  private static boolean messagesAreAway() {
    HttpResponse<String> answer = courier.get(courier.clientB() + "/messages");
    if (answer.statusCode() == 503) {
      assertProblem(answer);
    }
    return answer.statusCode() == 503;
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(null));
  }

  private static void assertNoDeadLetter() {
    assertEquals(0, Records.of(courier.brokers(), "dead-letter-topic").size());
  }
}
