package courier.erasure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import courier.fixture.CourierProcess;
import courier.fixture.ForeignProducer;
import courier.socketio.PlainClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may send, and a person whose messages go and do not come back. */
class ErasureIT {
  private static final int MANY = 1200;
  private static final String LETTERS_GROUP = "client-b.dead-letters";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private static Path folder;
  private static CourierProcess courier;
  private static MongoClient mongo;

  @BeforeAll
  static void start() {
    courier =
        new CourierProcess(folder)
            .with("CLIENT_B_NAME", "*")
            .with("LIMITS_MESSAGES_PER_SECOND", "2")
            .with("LIMITS_BYTES_PER_DAY", "10000000000");
    courier.startApart("kafka", "mongodb", "client-a", "client-b");
    mongo = MongoClients.create(courier.variable("MONGODB_URI"));
  }

  @AfterAll
  static void stop() {
    mongo.close();
    courier.close();
  }

  private static String message(String id, String from, String to) {
    return "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"message\":\"?\"}"
        .formatted(id, from, to);
  }

  @Test
  void whoSendsTooMuchIsToldWhenToComeAgainByHttpAndBySocket() {
    await()
        .until(
            () -> {
              HttpResponse<String> answer = courier.send(message("h", "hasty", "bert"));
              assertTrue(Set.of(202, 429).contains(answer.statusCode()), answer::body);
              return answer.statusCode() == 429
                  && answer.headers().firstValue("Retry-After").equals(java.util.Optional.of("1"));
            });
    int port = URI.create(courier.clientB()).getPort();
    try (PlainClient client = PlainClient.open(port).send("40{\"clientId\":\"hasty\"}")) {
      await().until(() -> client.received.stream().anyMatch(packet -> packet.startsWith("40")));
      for (int i = 0; i < 20; i++) {
        client.send("42" + i + "[\"send-message\",{\"to\":\"bert\",\"message\":\"?\"}]");
      }
      await()
          .until(
              () ->
                  client.received.stream()
                      .anyMatch(
                          packet ->
                              packet.contains(
                                  "{\"error\":{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429")));
    }
  }

  private static MongoCollection<Document> messages() {
    return mongo.getDatabase("courier").getCollection("messages");
  }

  private static long ofAnna() {
    return messages().countDocuments(new Document("from", "anna ä"));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new JsonMapper().readTree(answer.body());
  }

  @Test
  void whatIsErasedIsGoneThoughAnInstanceDiesAndStaysSoWhenKafkaIsReadAgain() throws Exception {
    try (ForeignProducer producer = new ForeignProducer(courier.brokers())) {
      for (int i = 0; i < MANY; i++) {
        producer.send("client-messages", "k", message("a" + i, "anna ä", "bert"));
      }
      producer.send("client-messages", "k", "{\"from\":\"anna ä\",\"to\":1}");
      producer.send("client-messages", "k", message("kept", "bert", "carl"));
      await().atMost(PATIENCE).until(() -> ofAnna() == MANY && letters() == 1);

      HttpResponse<String> begun =
          CourierProcess.exchange(
              HttpRequest.newBuilder(
                      URI.create(courier.clientB() + "/people/anna%20%C3%A4/messages"))
                  .DELETE());
      assertEquals(202, begun.statusCode(), begun::body);
      String erasure = courier.clientB() + begun.headers().firstValue("Location").orElseThrow();
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> ofAnna() < MANY);
      CourierProcess.kill(courier.part("client-b"));
      assertTrue(ofAnna() > 0, "it was killed when all was done");

      courier.startApart("client-b");
      await()
          .atMost(PATIENCE)
          .until(() -> json(courier.get(erasure)).path("state").asText().equals("checking"));
      assertEquals(0, ofAnna());
      assertEquals(0, letters());
      JsonNode said = json(courier.get(erasure));
      assertEquals("anna ä", said.path("person").asText());
      assertTrue(said.path("counts").path("messages").asInt() > 0);
      assertEquals(1, said.path("counts").path("deadLetters").asInt());
      Set<String> remains = new TreeSet<>(said.path("remains").findValuesAsText("topic"));
      assertEquals(Set.of("client-messages", "dead-letter-topic", "stored-messages"), remains);
      assertEquals(
          "for good",
          said.path("remains").findParents("topic").stream()
              .filter(t -> t.path("topic").asText().startsWith("dead"))
              .findFirst()
              .orElseThrow()
              .path("keptFor")
              .asText());

      CourierProcess.stop(courier.part("client-b"));
      messages().deleteMany(new Document());
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", courier.brokers()))) {
        // The instance that died is a member until its session is over.
        await().until(() -> stateOf(admin, LETTERS_GROUP) == GroupState.EMPTY);
        admin.deleteConsumerGroups(List.of(LETTERS_GROUP)).all().get();
      }
      courier.with("CLIENT_B_GROUP", "again").startApart("client-b");
      producer.send("client-messages", "k", "{\"from\":\"dora\",\"to\":1}");
      producer.send("client-messages", "k", message("after", "anna ä", "bert"));
      await().atMost(PATIENCE).until(() -> ofAnna() > 0 && letters() > 0);
      assertEquals(1, ofAnna());
      assertEquals(1, messages().countDocuments(new Document("_id", "kept")));
      assertEquals(1, letters());
    }
  }

  private static GroupState stateOf(Admin admin, String group) throws Exception {
    return admin
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .get(group)
        .get()
        .groupState();
  }

  private static long letters() {
    return mongo.getDatabase("courier").getCollection("dead-letters").countDocuments();
  }
}
