package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.live.client.StockClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock client emits its messages, which go the way of those that are posted. */
class SendBySocketIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static LiveCourier live;
  private StockClient anna;

  @BeforeAll
  static void start() {
    live = new LiveCourier(folder, 1).with("CLIENT_B_NAME", "anna,bert").start();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @BeforeEach
  void connect() {
    anna = StockClient.telling(live.url(0), Map.of("auth", Map.of("clientId", "anna")));
    anna.awaits("connect", 1);
  }

  @AfterEach
  void close() {
    anna.close();
  }

  @Test
  void isStoredAndPushedAsItIsFromTheNameThatItsSenderConnectedWith() throws Exception {
    try (StockClient bert =
        StockClient.telling(live.url(0), Map.of("auth", Map.of("clientId", "bert")))) {
      bert.awaits("connect", 1);
      JsonNode receipt = anna.sends("{\"to\":\"bert\",\"message\":\"Grüße 👋🏽\",\"n\":1.50}");
      assertEquals("successfully sent", receipt.path("message").asText());
      String id = receipt.path("id").asText();

      bert.awaits("message", 1);
      assertEquals(List.of(id), bert.ids());
      JsonNode stored = new JsonMapper().readTree(stored(id));
      assertEquals("anna", stored.path("from").asText());
      assertEquals("Grüße 👋🏽", stored.path("message").asText());

      anna.sends("{\"from\":\"carl\",\"to\":\"bert\",\"message\":\"for carl\",\"id\":\"c\"}");
      bert.awaits("message", 2);
      assertTrue(stored("c").contains("\"from\":\"carl\""));
    }
  }

  @Test
  void isStoredOnceHoweverOftenItIsSent() {
    for (int i = 0; i < 5; i++) {
      JsonNode receipt = anna.sends("{\"to\":\"anna\",\"message\":\"once\",\"id\":\"once\"}");
      assertEquals("once", receipt.path("id").asText());
    }
    anna.sends("{\"to\":\"anna\",\"message\":\"last\",\"id\":\"last\"}");
    anna.awaits("message", 2);
    assertEquals(List.of("once", "last"), anna.ids());
  }

  @Test
  void isRefusedInTheWordsOfThePost() throws Exception {
    for (String message :
        List.of("", "null", "\"text\"", "[]", "{}", "{\"to\":\"bert\"}", "{\"to\":1}")) {
      JsonNode problem = anna.sends(message).path("error");
      assertEquals(400, problem.path("status").asInt(), message);
      assertEquals("about:blank", problem.path("type").asText());
      if (message.startsWith("{")) {
        String posted =
            message.replaceFirst("\\{", "{\"from\":\"anna\"" + (message.equals("{}") ? "" : ","));
        String answer = CourierProcess.exchange(live.courier.post(posted), PATIENCE).body();
        assertEquals(new JsonMapper().readTree(answer), problem);
      }
    }
  }

  @Test
  void isNotAcknowledgedWithoutKafkaAndGoesOnWithIt() throws Exception {
    live.rest().kill();
    String message = "{\"to\":\"anna\",\"message\":\"m\",\"id\":\"m\"}";
    JsonNode problem = anna.sends(message).path("error");
    assertEquals(503, problem.path("status").asInt());
    assertEquals("m", problem.path("id").asText());

    live.rest().launch().awaitReady();
    live.instance(0).awaitReady();
    assertEquals("m", anna.sends(message).path("id").asText());
    anna.awaits("message", 1);
    assertEquals(List.of("m"), anna.ids());
  }

  @Test
  void keepsTheOrderInWhichAClientEmits() {
    List<String> ids = IntStream.range(0, 300).mapToObj(i -> "in-order-" + i).toList();
    for (String id : ids) {
      anna.emit(
          "[\"send-message\",{\"to\":\"anna\",\"message\":\"%1$s\",\"id\":\"%1$s\"}]"
              .formatted(id));
    }
    anna.awaits("message", ids.size());
    assertEquals(ids, anna.ids());
    anna.awaits("ack", ids.size());
  }

  @Test
  void isTakenWhileAFileOfItsRouteIsSaved() throws Exception {
    Path file = folder.resolve("routes/client-b/take-message.camel.yaml");
    Path log = folder.resolve("client-b-0-1.log");
    String text = Files.readString(file);
    String json = "[\"send-message\",{\"from\":\"anna\",\"to\":\"bert\",\"message\":\"x\"}]";
    int sockets = 16;
    int emitted = 0;
    try (StockClient busy = StockClient.many(List.of(live.url(0)), sockets)) {
      busy.awaits("connect", sockets);
      for (int save = 1; save <= 3; save++) {
        Files.writeString(file, text.replace("Takes", "Still takes " + save));
        String live = "(?s).*(take-message.camel.yaml is live.*){" + save + "}";
        do {
          for (int i = 0; i < 50; i++) {
            busy.emitFromAll(json);
          }
          emitted += 50 * sockets;
          busy.awaits("ack", emitted - 10 * sockets); // they are never all done
        } while (!Files.readString(log).matches(live));
      }
      busy.awaits("ack", emitted);
      for (JsonNode answer : busy.events("ack")) {
        assertTrue(answer.path("answer").path("success").asBoolean(), answer::toString);
      }
    } finally {
      Files.writeString(file, text);
    }
  }

  private String stored(String id) {
    URI message = URI.create(live.url(0) + "/messages/" + id);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                CourierProcess.exchange(HttpRequest.newBuilder(message), PATIENCE).statusCode()
                    == 200);
    return CourierProcess.exchange(HttpRequest.newBuilder(message), PATIENCE).body();
  }
}
