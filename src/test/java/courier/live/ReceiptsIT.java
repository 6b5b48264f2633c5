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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sends is connected to one instance of client B, and who reads to another one. */
class ReceiptsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DONE = "{\"success\":true}";
  private static final JsonMapper JSON = new JsonMapper();

  private static LiveCourier live;
  private static int tests;

  private String anna;
  private String bert;
  private StockClient sender;
  private StockClient reader;
  private StockClient readerElsewhere;

  @BeforeAll
  static void start(@TempDir Path folder) {
    live = new LiveCourier(folder, 2).with("CLIENT_B_NAME", "*").start();
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @BeforeEach
  void connect() {
    tests++;
    anna = "anna" + tests;
    bert = "bert" + tests;
    sender = connected(0, anna);
    reader = connected(1, bert);
    readerElsewhere = connected(0, bert);
  }

  private static StockClient connected(int instance, String name) {
    return StockClient.telling(live.url(instance), Map.of("auth", Map.of("clientId", name)))
        .awaits("connect", 1);
  }

  @AfterEach
  void close() {
    List.of(sender, reader, readerElsewhere).forEach(StockClient::close);
  }

  /** Sends messages, and waits until the reader has them. */
  private void sent(String... ids) {
    int before = reader.ids().size();
    for (String id : ids) {
      live.send(id, anna, bert, "text of " + id);
    }
    reader.awaits("message", before + ids.length);
  }

  private String emits(String status, String id) {
    return reader.emits(status, "\"" + id + "\"").toString();
  }

  /** The statuses that a client was told of, which are all of the same two. */
  private List<String> statuses(StockClient client) {
    return client.events("messageStatus").stream()
        .map(event -> event.path("args"))
        .peek(arguments -> assertEquals(1, arguments.size())) // no cursor
        .map(arguments -> arguments.get(0))
        .peek(status -> assertEquals(bert, status.path("person").asText()))
        .peek(status -> assertEquals(anna, status.path("partner").asText()))
        .peek(status -> assertTrue(status.path("partition").isInt()))
        .peek(status -> assertTrue(status.path("offset").isIntegralNumber()))
        .map(status -> status.path("status").asText() + " " + status.path("_id").asText())
        .toList();
  }

  private void awaitStatuses(List<String> wanted) {
    for (StockClient client : List.of(sender, reader, readerElsewhere)) {
      await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, statuses(client)));
    }
  }

  private static HttpResponse<String> get(int instance, String path) {
    URI uri = URI.create(live.url(instance) + path);
    return CourierProcess.exchange(HttpRequest.newBuilder(uri), PATIENCE);
  }

  private static JsonNode json(String path) throws Exception {
    return JSON.readTree(get(0, path).body());
  }

  /** Of the only conversation of a person {@code partner last unread delivered read}. */
  private static String conversation(String person) throws Exception {
    JsonNode conversations = json("/conversations?clientId=" + person);
    assertEquals(1, conversations.size(), conversations::toString);
    JsonNode only = conversations.get(0);
    String last = only.path("last").path("_id").asText();
    assertEquals(json("/messages/" + last), only.path("last"));
    return String.join(
        " ",
        only.path("partner").asText(),
        last,
        only.path("unread").asText(),
        only.path("delivered").asText(),
        only.path("read").asText());
  }

  private static String state(String id) throws Exception {
    JsonNode trace = json("/messages/" + id + "/trace");
    List<String> events =
        StreamSupport.stream(trace.path("events").spliterator(), false)
            .map(event -> event.path("event").asText() + event.path("by").asText())
            .toList();
    return trace.path("state").asText() + " " + events;
  }

  @Test
  void bothAreToldLiveWhatWasDeliveredAndThenReadAndSeeItInTheListAndTheTrace() throws Exception {
    StockClient stranger = connected(1, "carl");
    sent("m1", "m2", "m3");
    assertEquals(bert + " m3 0 null null", conversation(anna));
    assertEquals(anna + " m3 3 null null", conversation(bert));
    assertEquals("stored [accepted, stored]", state("m1"));

    assertEquals(DONE, emits("delivered", "m3"));
    assertEquals(DONE, emits("read", "m2"));
    awaitStatuses(List.of("delivered m3", "read m2"));
    assertEquals(bert + " m3 0 m3 m2", conversation(anna));
    assertEquals(anna + " m3 1 null null", conversation(bert));
    assertEquals("read [accepted, stored, delivered%1$s, read%1$s]".formatted(bert), state("m1"));
    assertEquals("delivered [accepted, stored, delivered%s]".formatted(bert), state("m3"));

    sent("m4");
    assertEquals(anna + " m4 2 null null", conversation(bert));
    assertEquals("stored [accepted, stored]", state("m4"));

    // Doubles and what is before change nothing and tell nobody.
    for (String id : List.of("m2", "m1", "m2")) {
      assertEquals(DONE, emits("read", id));
    }
    assertEquals(DONE, emits("delivered", "m1"));
    assertEquals(DONE, emits("read", "m4"));
    awaitStatuses(List.of("delivered m3", "read m2", "read m4"));
    assertEquals(List.of(), stranger.events("messageStatus"));
    stranger.close();
    assertEquals(bert + " m4 0 m4 m4", conversation(anna));
    assertEquals(anna + " m4 0 null null", conversation(bert));
  }

  @Test
  void whoIsNotTheRecipientIsRefused() throws Exception {
    sent("n1");
    assertEquals(403, sender.emits("read", "\"n1\"").path("error").path("status").asInt());
    assertEquals(404, reader.emits("read", "\"n2\"").path("error").path("status").asInt());
    for (String argument : List.of("", "1", "\"\"", "{\"_id\":\"n1\"}")) {
      JsonNode problem = reader.emits("delivered", argument).path("error");
      assertEquals(400, problem.path("status").asInt(), argument);
      assertEquals("about:blank", problem.path("type").asText());
    }
    assertEquals(List.of(), statuses(sender));
    assertEquals("stored [accepted, stored]", state("n1"));
  }

  @Test
  void nothingIsNotedWithoutTheStoreAndItGoesOnWithIt() throws Exception {
    sent("o1");
    live.rest().kill();
    JsonNode problem = reader.emits("read", "\"o1\"").path("error");
    assertEquals(503, problem.path("status").asInt());
    assertEquals(
        503, reader.emits("history", "{\"with\":\"x\"}").path("error").path("status").asInt());
    assertEquals(503, get(1, "/conversations?clientId=" + bert).statusCode());

    live.rest().launch().awaitReady();
    await().atMost(PATIENCE).until(() -> emits("read", "o1").equals(DONE));
    assertEquals(bert + " o1 0 o1 o1", conversation(anna));
    sent("o2");
    assertEquals(DONE, emits("read", "o2"));
    await().atMost(PATIENCE).until(() -> statuses(sender).contains("read o2"));
  }

  @Test
  void historyIsOfOneConversationPageByPage() throws Exception {
    sent("h1", "h2", "h3");
    live.send("h4", bert, anna, "an answer");
    live.send("h5", "carl", anna, "of another one");
    sender.awaits("message", 2);

    assertEquals(List.of("h4", "h3"), history("{\"with\":\"" + bert + "\",\"limit\":2}"));
    assertEquals(
        List.of("h2", "h1"), history("{\"with\":\"" + bert + "\",\"before\":\"h3\",\"limit\":2}"));
    assertEquals(List.of(), history("{\"with\":\"" + bert + "\",\"before\":\"h1\"}"));
    assertEquals(List.of(), history("{\"with\":\"nobody\"}"));
    JsonNode first = sender.emits("history", "{\"with\":\"" + bert + "\"}").path("messages").get(0);
    assertEquals(json("/messages/h4"), first);
    assertEquals(
        404,
        sender
            .emits("history", "{\"with\":\"" + bert + "\",\"before\":\"h5\"}")
            .path("error")
            .path("status")
            .asInt());
    for (String bad :
        List.of(
            "", "1", "{}", "{\"with\":1}", "{\"with\":\"b\",\"limit\":201}", "{\"with\":\"\"}")) {
      JsonNode problem = sender.emits("history", bad).path("error");
      assertEquals(400, problem.path("status").asInt(), bad);
    }
  }

  private List<String> history(String asked) {
    return StreamSupport.stream(
            sender.emits("history", asked).path("messages").spliterator(), false)
        .map(message -> message.path("_id").asText())
        .toList();
  }

  @Test
  void conversationsAreOfSomebody() {
    for (String query :
        List.of("", "?clientId=", "?clientId=a&clientId=b", "?clientId=a&limit=0")) {
      HttpResponse<String> answer = get(0, "/conversations" + query);
      assertEquals(400, answer.statusCode(), query);
      assertTrue(answer.body().contains("\"errors\":[{\"field\":"), answer::body);
    }
    assertEquals("[\n]\n", get(0, "/conversations?clientId=nobody").body());
  }
}
