package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.fixture.SharedCourier;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From client A's HTTP to a stored message and a pushed one. */
@ExtendWith(SharedCourier.class)
class MainJobIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> PUSHED = Set.of("_id", "from", "to", "message", "createdAt");
  private static final Path NODE_MODULES = Path.of("target/web/node_modules").toAbsolutePath();

  private final CourierProcess courier;

  MainJobIT(CourierProcess courier) {
    this.courier = courier;
  }

  @Test
  void answersWithTheIdThatTheMessageIsStoredUnder() throws Exception {
    HttpResponse<String> answer = courier.send(message("Hello", "clientB"));

    assertEquals(202, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
    String id = JSON.readTree(answer.body()).path("id").textValue();
    assertEquals(
        "{\"success\":true,\"message\":\"successfully sent\",\"id\":\"%s\"}".formatted(id),
        answer.body());
    JsonNode stored = stored(id);
    assertEquals("ann", stored.path("from").textValue());
    assertEquals("clientB", stored.path("to").textValue());
    assertEquals("Hello", stored.path("message").textValue());
    assertTrue(stored.path("createdAt").asText().matches("\\d{4}-.*T.*\\.\\d{3}Z"));
    assertTrue(stored.path("topicId").isTextual());
    assertTrue(stored.path("partition").isInt() && stored.path("offset").isNumber());
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void pushesWhatIsForThisClientOnItsOwnPort(String transport) throws Exception {
    try (SocketioClient client = SocketioClient.connect(port(), "", transport)) {
      courier.send(message("for somebody else", "clientC"));
      String text = "by " + transport + " " + UUID.randomUUID();
      String id = id(courier.send(message(text, "clientB")));

      client.awaitReceived(1);
      JsonNode pushed = JSON.readTree(client.received.get(0).toString());
      assertEquals(PUSHED, members(pushed));
      assertEquals(text, pushed.path("message").textValue());
      assertEquals(id, pushed.path("_id").textValue());
      assertEquals("ann", pushed.path("from").textValue());
      assertEquals("clientB", pushed.path("to").textValue());
      assertEquals(stored(id).path("createdAt"), pushed.path("createdAt"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void pushesToTheStockJavaScriptClient(String transport, @TempDir Path folder) throws Exception {
    assumeTrue(hasNode(), "there is no node to run the JavaScript client with");
    Path out = folder.resolve("received");
    ProcessBuilder command =
        new ProcessBuilder(
                "node",
                "src/test/resources/courier/socketio-client.cjs",
                courier.clientB(),
                transport)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    command.environment().put("NODE_PATH", NODE_MODULES.toString());
    Process node = command.start();
    try {
      await().until(() -> CourierProcess.read(out).startsWith("connected\n"));
      String id = id(courier.send(message("Grüße 👋🏽", "clientB")));

      await().until(() -> Files.readAllLines(out).size() == 2);
      JsonNode received = JSON.readTree(Files.readAllLines(out).get(1));
      assertEquals(2, received.size());
      assertTrue(received.get(1).isTextual(), "the offset of connection state recovery");
      assertEquals(PUSHED, members(received.get(0)));
      assertEquals(id, received.get(0).path("_id").textValue());
      assertEquals("Grüße 👋🏽", received.get(0).path("message").textValue());
    } finally {
      node.destroy();
    }
  }

  @Test
  void storesAndPushesOnceWhatIsSentTwice() throws Exception {
    try (SocketioClient client = SocketioClient.connect(port(), "", "websocket")) {
      String id = "twice-" + UUID.randomUUID();
      String body = message("once", "clientB");
      String withId = body.replaceFirst("\\{", "{\"id\":\"%s\",".formatted(id));

      assertEquals(id, id(courier.send(withId)));
      assertEquals(id, id(courier.send(withId)));
      assertEquals(id, id(sendWithKey(body, id)));
      String last = id(courier.send(message("last", "clientB")));

      await().until(() -> client.received.toString().contains(last));
      assertEquals(2, client.received.size(), client.received.toString());
      String all = courier.get(courier.clientB() + "/messages").body();
      assertEquals(1, all.split("\"_id\":\"" + id + "\"", -1).length - 1);
    }
  }

  private static Set<String> members(JsonNode object) {
    Set<String> members = new TreeSet<>();
    object.fieldNames().forEachRemaining(members::add);
    return members;
  }

  private HttpResponse<String> sendWithKey(String body, String key) {
    return CourierProcess.exchange(
        HttpRequest.newBuilder(URI.create(courier.clientA() + "/send-message"))
            .header("content-type", "application/json")
            .header("idempotency-key", "\"" + key + "\"")
            .POST(BodyPublishers.ofString(body)));
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private int port() {
    return Integer.parseInt(courier.variable("CLIENT_B_HTTP_PORT"));
  }

  private static String message(String text, String to) {
    return "{\"from\":\"ann\",\"to\":\"%s\",\"message\":\"%s\"}".formatted(to, text);
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    assertEquals(202, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body()).path("id").textValue();
  }

  private JsonNode stored(String id) throws IOException {
    String address = courier.clientB() + "/messages/" + id;
    await().until(() -> courier.get(address).statusCode() == 200);
    return JSON.readTree(courier.get(address).body());
  }
}
