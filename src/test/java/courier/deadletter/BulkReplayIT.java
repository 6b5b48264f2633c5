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
import courier.socketio.SocketioClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters replayed by the hundred: each once, whoever else does so and whatever crashes. */
class BulkReplayIT {
  private static final int MANY = 300;

  @TempDir static Path folder;
  private static CourierProcess courier;
  private static DeskClient desk;
  private static ForeignProducer producer;

  @BeforeAll
  static void start() throws Exception {
    courier = new CourierProcess(folder).with("TOPICS_OTHER_DEAD_LETTERS", "messages.DLT");
    courier.startApart("kafka", "mongodb", "client-b");
    ForeignProducer.createTopics(courier.brokers(), "messages.DLT");
    desk = new DeskClient(courier);
    producer = new ForeignProducer(courier.brokers());
  }

  @AfterAll
  static void close() {
    producer.close();
    courier.close();
  }

  /** Dead letters of another program, of messages that client B can store. */
  private static void deadLetters(String sender) {
    List<Map.Entry<String, String>> records =
        IntStream.range(0, MANY)
            .mapToObj(i -> Map.entry(sender, message(sender + "-" + i, sender)))
            .toList();
    producer.sendSpringDeadLetters(
        "messages.DLT", "client-messages-1-0", "com.example.Boom", records);
    await().until(() -> counted("/dead-letter-groups?sender=" + sender) == MANY);
  }

  private static String message(String id, String sender) {
    return "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"again\"}"
        .formatted(id, sender);
  }

  private static int counted(String groups) {
    return desk.list(groups).findValues("count").stream().mapToInt(JsonNode::intValue).sum();
  }

  @Test
  void aCrashInTheMiddleDoublesNothingAndTheCountsAddUp() {
    deadLetters("crashed");
    String replay =
        desk.startReplay(
            "{\"sender\":\"crashed\",\"rate\":100,\"by\":\"anna\",\"steps\":[1,9,200]}");
    await().until(() -> desk.replay(replay).get("replayed").intValue() > MANY / 10);
    CourierProcess.kill(courier.part("client-b"));
    courier.startApart("client-b");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> desk.replay(replay).get("state").textValue().equals("done"));
    await().until(() -> counted("/dead-letter-groups?sender=crashed&state=replayed") == MANY);
    JsonNode done = desk.replay(replay);
    assertEquals(MANY, done.get("total").intValue());
    assertEquals(MANY, done.get("replayed").intValue());
    assertEquals(0, done.get("queued").intValue() + done.get("failed").intValue());
    assertEquals(3, done.get("stepsDone").intValue());
    await().until(() -> stored("crashed").size() == MANY);
    assertEquals(MANY, Map.copyOf(stored("crashed")).size());
  }

  /** How often each message of a sender is stored. */
  private static Map<String, Long> stored(String sender) {
    return desk.list("/messages").findParents("_id").stream()
        .filter(message -> message.get("from").textValue().equals(sender))
        .collect(Collectors.groupingBy(m -> m.get("_id").textValue(), Collectors.counting()));
  }

  @Test
  void twoOperatorsAtTheSameTimeReplayEachOnce() {
    deadLetters("shared");
    try (SocketioClient client = courier.socketio()) {
      String all = "{\"sender\":\"shared\",\"rate\":100}";
      List<CompletableFuture<Integer>> operators =
          IntStream.range(0, 2)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () ->
                              desk.postTo("/dead-letter-replays", all, "application/json")
                                  .statusCode()))
              .toList();
      operators.forEach(operator -> assertTrue(List.of(202, 404).contains(operator.join())));
      // And one who comes when some have been replayed already, and finds none left to replay.
      await().until(() -> counted("/dead-letter-groups?sender=shared&state=replayed") > 0);
      assertEquals(404, desk.postTo("/dead-letter-replays", all, "application/json").statusCode());

      await().until(() -> counted("/dead-letter-groups?sender=shared&state=replayed") == MANY);
      await().until(() -> pushed(client) >= MANY);
      assertEquals(
          MANY,
          Records.of(courier.brokers(), "client-messages").stream()
              .filter(record -> new String(record.value(), UTF_8).contains("shared-"))
              .count());
      assertEquals(MANY, stored("shared").size());
      assertEquals(MANY, pushed(client));
    }
  }

  private static long pushed(SocketioClient client) {
    return client.received.stream()
        .filter(event -> ((JSONObject) event).optString("from").equals("shared"))
        .count();
  }

  @Test
  void itStopsByItselfWhenWhatItReplaysFailsAgain() {
    String reason = "{\"from\":\"hopeless\",\"to\":\"clientB\"}";
    List<Map.Entry<String, String>> records =
        IntStream.range(0, MANY).mapToObj(i -> Map.entry("k" + i, reason)).toList();
    producer.sendSpringDeadLetters(
        "messages.DLT", "client-messages-2-0", "com.example.Hopeless", records);
    await().until(() -> counted("/dead-letter-groups?sender=hopeless") == MANY);

    String replay = desk.startReplay("{\"sender\":\"hopeless\",\"rate\":50}");
    await().until(() -> desk.replay(replay).get("state").textValue().equals("stopped"));
    assertTrue(desk.replay(replay).get("detail").textValue().contains("failed again"));
    assertEquals(0, desk.replay(replay).get("queued").intValue());
    await().until(() -> counted("/dead-letter-groups?sender=hopeless&state=failed") == MANY);
    long untouched =
        desk.list("/dead-letters?sender=hopeless").findValues("replays").stream()
            .filter(replays -> replays.intValue() == 0)
            .count();
    assertTrue(untouched > MANY / 2, untouched + " were not replayed");
    assertEquals(409, desk.postTo("/dead-letter-replays/" + replay + "/stop", "", "").statusCode());
    oneInStepsStopsAfterTheFirst("hopeless");
  }

  private static void oneInStepsStopsAfterTheFirst(String sender) {
    String replay = desk.startReplay("{\"sender\":\"%s\",\"steps\":[2,5]}".formatted(sender));
    await().until(() -> desk.replay(replay).get("state").textValue().equals("stopped"));
    assertEquals(
        "stopped by itself after step 1 of 3: 2 of 2 failed again",
        desk.replay(replay).get("detail").textValue());
    assertEquals(2, desk.replay(replay).get("failed").intValue());
  }
}
