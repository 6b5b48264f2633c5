package courier.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.ForeignProducer;
import courier.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * To where a replay goes, also of what other programs dead-letter, and what becomes of it there.
 */
class DeskIT {
  @TempDir static Path folder;
  private static CourierProcess courier;
  private static DeskClient desk;
  private static ForeignProducer producer;

  @BeforeAll
  static void start() throws Exception {
    courier = new CourierProcess(folder).with("REPLAY_MAX_ATTEMPTS", "2");
    courier.with("TOPICS_OTHER_DEAD_LETTERS", "orders.DLT, returns.DLT, again.DLT, connect-dlq");
    courier.with("TOPICS_REPLAY_TO", "orders, readings, meters, returns, gone");
    courier.start();
    ForeignProducer.createTopics(
        courier.brokers(),
        "orders",
        "orders.DLT",
        "readings",
        "connect-dlq",
        "meters",
        "returns",
        "returns.DLT",
        "again.DLT");
    desk = new DeskClient(courier);
    producer = new ForeignProducer(courier.brokers());
  }

  @AfterAll
  static void close() {
    producer.close();
    courier.close();
  }

  private static String deadLetter(String value) throws Exception {
    return desk.awaitState(producer.send("client-messages", "key", value), "failed");
  }

  @Test
  void aReplayThatFailsAgainIsTheSameDeadLetterAndParkedAfterTheLast() throws Exception {
    String id = deadLetter("no JSON");
    assertEquals(202, desk.post(id + "/replay", "").statusCode());
    await().until(() -> desk.history(id).equals(List.of("failed", "replayed", "failed")));
    assertEquals("failed", desk.get(id).get("state").textValue());
    assertEquals(1, desk.get(id).get("replays").intValue());

    assertEquals(202, desk.post(id + "/replay", "").statusCode());
    desk.awaitState(id, "parked");
    assertEquals(2, desk.get(id).get("replays").intValue());
    assertEquals(409, desk.post(id + "/replay", "").statusCode());
    assertEquals(200, desk.post(id + "/discard", "").statusCode());
    assertEquals(200, desk.post(id + "/undo", "").statusCode());
    assertEquals("parked", desk.get(id).get("state").textValue());
  }

  @Test
  void aDeadLetterOfSpringKafkaIsReplayedToItsOrigin() throws Exception {
    String origin = producer.send("orders", "order-1", "{\"order\":1}");
    String letter = producer.sendSpringDeadLetter("orders.DLT", origin, "order-1", "{\"order\":1}");
    desk.awaitState(letter, "failed");
    JsonNode found = desk.get(letter);
    assertEquals("illegal-state", found.get("reason").textValue());
    assertEquals("orders", found.get("originalTopic").textValue());
    assertEquals("billing", found.get("route").textValue());

    assertEquals(202, desk.post(letter + "/replay", "").statusCode());
    var records = Records.of(courier.brokers(), "orders");
    assertEquals(2, records.size());
    assertEquals(records.get(0).partition(), records.get(1).partition());
    assertEquals("order-1", new String(records.get(1).key(), UTF_8));
    assertEquals("{\"order\":1}", new String(records.get(1).value(), UTF_8));
    assertEquals("shop", new String(records.get(1).headers().lastHeader("source").value(), UTF_8));
    assertTrue(
        StreamSupport.stream(records.get(1).headers().spliterator(), false)
            .noneMatch(header -> header.key().startsWith("kafka_dlt-")));
  }

  @Test
  void aDeadLetterOfKafkaConnectIsReplayedToItsOrigin() throws Exception {
    String origin = producer.send("readings", "r", "17");
    String letter = producer.sendConnectDeadLetter("connect-dlq", origin, "r", "17");
    desk.awaitState(letter, "failed");
    assertEquals("data", desk.get(letter).get("reason").textValue());
    assertEquals("VALUE_CONVERTER", desk.get(letter).get("step").textValue());

    assertEquals(202, desk.post(letter + "/replay", "").statusCode());
    assertEquals(2, Records.of(courier.brokers(), "readings").size());
  }

  @Test
  void whatCannotArriveIsOpenAgainWithTheReasonAndBlocksNothing() throws Exception {
    List<String> reasons = List.of("there is no topic gone", "the topic orders has no partition 9");
    List<String> origins = List.of("gone-0-1", "orders-9-1");
    for (int i = 0; i < 2; i++) {
      String id = producer.sendSpringDeadLetter("orders.DLT", origins.get(i), "lost", "lost");
      desk.awaitState(id, "failed");
      var answer = desk.post(id + "/replay", "");
      assertEquals(409, answer.statusCode());
      assertTrue(answer.body().contains(reasons.get(i)), answer.body());
      assertEquals(List.of("failed", "not sent"), desk.history(id));
      assertEquals("failed", desk.get(id).get("state").textValue());

      int before = Records.of(courier.brokers(), "meters").size();
      String good = producer.sendSpringDeadLetter("orders.DLT", "meters-0-9" + i, "good", "good");
      desk.awaitState(good, "failed");
      String replay = desk.startReplay("{\"ids\":[\"%s\",\"%s\"]}".formatted(id, good));
      await().until(() -> desk.replay(replay).get("state").textValue().equals("done"));
      JsonNode done = desk.replay(replay);
      assertEquals(2, done.get("total").intValue());
      assertEquals(1, done.get("replayed").intValue());
      assertEquals(1, done.get("failed").intValue());
      assertEquals(before + 1, Records.of(courier.brokers(), "meters").size());
      assertEquals(200, desk.post(id + "/discard", "").statusCode());
    }
  }

  @Test
  void aRecordItsTopicDoesNotTakeIsOpenAgain() throws Exception {
    String large = "1".repeat(1_000);
    String origin = producer.send("meters", "r", large);
    String letter = producer.sendConnectDeadLetter("connect-dlq", origin, "r", large);
    desk.awaitState(letter, "failed");
    ForeignProducer.limit(courier.brokers(), "meters", 600);
    try {
      var answer = desk.post(letter + "/replay", "");
      assertEquals(409, answer.statusCode());
      assertEquals(List.of("failed", "not sent"), desk.history(letter));

      String smaller = producer.sendConnectDeadLetter("connect-dlq", "meters-0-80", "r", "1");
      desk.awaitState(smaller, "failed");
      int before = Records.of(courier.brokers(), "meters").size();
      String replay = desk.startReplay("{\"ids\":[\"%s\",\"%s\"]}".formatted(letter, smaller));
      await().until(() -> desk.replay(replay).get("state").textValue().equals("done"));
      assertEquals(1, desk.replay(replay).get("replayed").intValue());
      assertEquals("replayed", desk.get(smaller).get("state").textValue());
      assertEquals(before + 1, Records.of(courier.brokers(), "meters").size());
    } finally {
      ForeignProducer.limit(courier.brokers(), "meters", 1_000_000);
    }
    assertEquals(202, desk.post(letter + "/replay", "").statusCode());
  }

  @Test
  void aReplayGoesOnlyToTopicsThatAreNamed() throws Exception {
    String origin = "payments-0-1";
    String letter = producer.sendSpringDeadLetter("orders.DLT", origin, "k", "v");
    desk.awaitState(letter, "failed");
    var answer = desk.post(letter + "/replay", "");
    assertEquals(409, answer.statusCode());
    assertTrue(answer.body().contains("name that in topics.replay-to"), answer.body());
    String bulk = "{\"ids\":[\"%s\"]}".formatted(letter);
    assertEquals(409, desk.postTo("/dead-letter-replays", bulk, "application/json").statusCode());
  }

  @Test
  void aLetterThatSaysNotWhereItIsFromAsksForATopic() throws Exception {
    String letter = producer.send("returns.DLT", "where", "nowhere");
    desk.awaitState(letter, "failed");
    var answer = desk.post(letter + "/replay", "");
    assertEquals(409, answer.statusCode());
    assertTrue(answer.body().contains("name the topic to send it to"), answer.body());
    assertEquals(202, desk.post(letter + "/replay", "{\"topic\":\"returns\"}").statusCode());
    assertTrue(
        Records.of(courier.brokers(), "returns").stream()
            .anyMatch(record -> new String(record.value(), UTF_8).equals("nowhere")));
  }

  @Test
  void whatASenderPutsIntoHeadersIsBelievedInNothing() throws Exception {
    String victim = deadLetter("to be hidden");
    String mallory =
        desk.awaitState(
            producer.send(
                "client-messages",
                "key",
                "no message",
                "kafka_dlt-original-topic",
                "orders",
                "__connect.errors.topic",
                "orders",
                "dead-letter-original-topic",
                "orders",
                "dead-letter-replay-id",
                victim),
            "failed");
    JsonNode letter = desk.get(mallory);
    assertEquals("client-messages", letter.get("originalTopic").textValue());
    assertEquals("not-json", letter.get("reason").textValue());
    assertEquals(5, letter.get("headers").size());
    assertEquals(List.of("failed"), desk.history(victim));
  }

  @Test
  void theMarkOfATransactionIsNothingToBeRead() throws Exception {
    producer.sendInTransaction("client-messages", "{\"from\":\"t\",\"to\":\"clientC\"}");
    await()
        .untilAsserted(
            () -> {
              var trace = courier.get(courier.clientB() + "/messages/unheard-of/trace");
              assertEquals(404, trace.statusCode());
              assertTrue(trace.body().contains("has read all there is"), trace.body());
            });
  }

  @Test
  void theLettersOfATopicThatWasMadeAgainDoNotHideBehindOlderOnes() throws Exception {
    String place = producer.sendSpringDeadLetter("again.DLT", "orders-0-0", "k", "the first");
    desk.awaitState(place, "failed");
    ForeignProducer.deleteTopic(courier.brokers(), "again.DLT");
    ForeignProducer.createTopics(courier.brokers(), "again.DLT");
    assertEquals(
        place, producer.sendSpringDeadLetter("again.DLT", "orders-0-0", "k", "the second"));
    await()
        .until(
            () ->
                desk
                    .list("/dead-letters?since=2020-01-01T00:00:00Z")
                    .findValuesAsText("_id")
                    .stream()
                    .anyMatch(id -> id.startsWith(place + "-")));
    assertEquals("the first", desk.get(place).get("value").textValue());
  }
}
