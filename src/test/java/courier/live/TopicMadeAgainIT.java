package courier.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.live.client.PacketClient;
import courier.live.client.StockClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that is deleted and made again while Courier runs, and MongoDB stays, is another log. */
class TopicMadeAgainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MESSAGES = "client-messages";
  private static final String PLACE = MESSAGES + "-0-0";

  @TempDir Path folder;
  private LiveCourier live;
  private Admin admin;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    live = new LiveCourier(folder, 1).start();
    Map<String, Object> kafka = Map.of("bootstrap.servers", live.courier.brokers());
    admin = Admin.create(kafka);
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(kafka, bytes, bytes);
  }

  @AfterEach
  void close() {
    producer.close();
    admin.close();
    live.close();
  }

  @Test
  void whatIsInItIsStoredAndPushedBesideWhatWasInTheOneBefore() throws Exception {
    try (StockClient client = StockClient.telling(live.url(0), Map.of())) {
      client.awaits("connect", 1);
      put("hello");
      put("old-1", "first");
      put("old-2", "second");
      client.awaits("message", 3);
      String oldCursor = client.events("message").get(2).path("cursor").asText();

      makeAgain(MESSAGES, 6);
      put("hello"); // the same words, but another message
      put("new-1", "first");
      client.awaits("message", 5);
      List<String> ids = client.ids();
      assertEquals(List.of(PLACE, "old-1", "old-2"), ids.subList(0, 3));
      assertTrue(ids.get(3).startsWith(PLACE + "-"), ids.get(3));
      assertEquals("new-1", ids.get(4));
      assertEquals(Set.copyOf(ids), stored());

      client.cut();
      put("new-2", "while it was away");
      client.awaits("message", 6);
      live.instance(0).kill();
      put("new-3", "while client B was away");
      live.instance(0).launch().awaitReady();
      client.awaits("message", 7);
      client.awaitConnected();
      put("new-4", "and then");
      client.awaits("message", 8);
      assertEquals(List.of("new-2", "new-3", "new-4"), client.ids().subList(5, 8));
      assertEquals(List.of(false, true, true), client.recovered());
      assertEquals(Set.copyOf(client.ids()), stored());

      String auth = "{\"pid\":\"%1$s\",\"offset\":\"%1$s\"}".formatted(oldCursor);
      try (PacketClient old = PacketClient.v4(live.url(0), auth)) {
        assertEquals(false, old.pid().equals(oldCursor));
        put("new-5", "for whoever is there");
        await().atMost(PATIENCE).until(() -> !old.ids().isEmpty());
        assertEquals(List.of("new-5"), old.ids());
      }
    }
  }

  @Test
  void nothingIsLostWithTheTopicOfWhatIsStored() throws Exception {
    try (StockClient client = StockClient.telling(live.url(0), Map.of())) {
      client.awaits("connect", 1);
      put("stored-1", "before");
      put("stored-2", "before");
      client.awaits("message", 2);

      makeAgain("stored-messages", 1);
      put("stored-3", "after");
      client.awaits("message", 3);
      put("stored-4", "and then");
      client.awaits("message", 4);

      assertEquals(List.of("stored-1", "stored-2", "stored-3", "stored-4"), client.ids());
    }
  }

  private void makeAgain(String topic, int partitions) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    NewTopic again = new NewTopic(topic, partitions, (short) 1);
    // Until the broker is done with deleting it.
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> admin.createTopics(List.of(again)).all().get() == null);
  }

  private void put(String id, String message) throws Exception {
    record("\"id\":\"" + id + "\",", message);
  }

  private void put(String message) throws Exception {
    record("", message);
  }

  private void record(String id, String message) throws Exception {
    String json = "{%s\"from\":\"x\",\"to\":\"clientB\",\"message\":\"%s\"}".formatted(id, message);
    producer.send(new ProducerRecord<>(MESSAGES, 0, null, json.getBytes(UTF_8))).get();
  }

  private Set<String> stored() throws Exception {
    String answer =
        CourierProcess.exchange(
                HttpRequest.newBuilder(URI.create(live.url(0) + "/messages")), PATIENCE)
            .body();
    Set<String> ids = new java.util.HashSet<>();
    for (JsonNode message : new JsonMapper().readTree(answer)) {
      ids.add(message.path("_id").asText());
    }
    return ids;
  }
}
