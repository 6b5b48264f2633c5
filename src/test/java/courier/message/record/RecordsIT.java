package courier.message.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeadLetter;
import courier.fixture.DeskClient;
import courier.fixture.Json;
import courier.fixture.Records;
import courier.fixture.UnluckyStep;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other programs put on client-messages, good or bad. */
class RecordsIT {
  private static final String TOPIC = "client-messages";
  private static final int PARTITION = 3;

  @TempDir static Path folder;
  private static CourierProcess courier;
  private static SocketioClient client;
  private static Producer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws IOException {
    courier = new CourierProcess(folder);
    UnluckyStep.addTo(folder);
    courier.start();
    client = courier.socketio();
    producer = producer("none");
  }

  @AfterAll
  static void close() {
    producer.close();
    client.close();
    courier.close();
  }

  @Test
  void aRecordWithoutKeyAndIdIsStoredAndPushedOnceUnderItsPosition() throws Exception {
    RecordMetadata sent = put("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\"}");
    awaitAllBefore();
    String id = TOPIC + "-" + PARTITION + "-" + sent.offset();
    assertEquals(1, pushed(id));
    JsonNode stored = Json.of(courier.get(courier.clientB() + "/messages/" + id));
    assertEquals("y", stored.get("message").textValue());
    assertEquals(sent.offset(), stored.get("offset").longValue());
  }

  @Test
  void aRecordForSomebodyElseIsNeitherStoredNorPushed() throws Exception {
    put("{\"id\":\"other\",\"from\":\"x\",\"to\":\"clientC\",\"message\":\"y\"}");
    awaitAllBefore();
    assertEquals(404, courier.get(courier.clientB() + "/messages/other").statusCode());
    assertEquals(0, pushed("other"));
  }

  @Test
  void membersNobodyKnowsAreKept() throws Exception {
    put(
        "{\"id\":\"more\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\",\"_id\":7,"
            + "\"tags\":[\"a\",{\"b\":null}],\"number\":1.5,\"a.b\":{\"$set\":true}}");
    awaitAllBefore();
    JsonNode stored = Json.of(courier.get(courier.clientB() + "/messages/more"));
    assertEquals("[\"a\",{\"b\":null}]", stored.get("tags").toString());
    assertEquals("1.5", stored.get("number").toString());
    assertEquals("{\"$set\":true}", stored.get("a.b").toString());
    assertEquals(1, pushed("more"));
  }

  @ParameterizedTest
  @MethodSource("courier.message.record.RecordCase#all")
  void comesBackAsItWasSentOrIsDeadLetteredByItself(RecordCase record) throws Exception {
    RecordMetadata sent = put(record.value());
    awaitAllBefore();
    if (record.isStored()) {
      String id = id(sent);
      assertContains(record, courier.get(courier.clientB() + "/messages/" + id).body());
      assertContains(record, courier.get(courier.clientB() + "/messages?limit=2").body());
      assertEquals(200, courier.get(courier.clientB() + "/messages/" + id + "/trace").statusCode());
      assertEquals(1, pushed(id));
    } else {
      DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
      assertContains(record, letter.says("message"));
      assertEquals("1", letter.says("attempts"));
    }
  }

  private static void assertContains(RecordCase record, String text) {
    assertTrue(text.contains(record.text()), text);
  }

  @Test
  void whoComesBackPassesOverThemAll() throws Exception {
    String first = id(put("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"first\"}"));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (RecordCase record : RecordCase.all().toList()) {
      sent.add(send(record.value().getBytes(UTF_8)));
      sent.add(send("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"good\"}".getBytes(UTF_8)));
    }
    producer.flush();
    awaitAllBefore();
    int port = Integer.parseInt(courier.variable("CLIENT_B_HTTP_PORT"));
    try (SocketioClient back = SocketioClient.connect(port, "/?after=" + first)) {
      await().until(() -> !back.received.isEmpty());
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        if (i % 2 == 1 || RecordCase.all().toList().get(i / 2).isStored()) {
          ids.add(id(sent.get(i).get()));
        }
      }
      await().until(() -> idsOf(back).containsAll(ids));
      assertEquals(ids, idsOf(back).stream().filter(ids::contains).toList());
    }
  }

  @Test
  void whatTheDeadLetterTopicDoesNotTakeIsParkedWithoutItsValue() throws Exception {
    allow("dead-letter-topic", 1024 * 1024);
    allow(TOPIC, 8 * 1024 * 1024);
    try {
      Future<RecordMetadata> small = send("poison".getBytes(UTF_8));
      Future<RecordMetadata> large = send("poison".repeat(500_000).getBytes(UTF_8));
      List<Header> many =
          IntStream.range(0, 100_000)
              .<Header>mapToObj(i -> new RecordHeader("header-" + i, new byte[] {1}))
              .toList();
      byte[] poison = "poison".getBytes(UTF_8);
      Future<RecordMetadata> headers =
          producer.send(new ProducerRecord<>(TOPIC, PARTITION, (byte[]) null, poison, many));
      byte[] key = new byte[2 * 1024 * 1024];
      Future<RecordMetadata> keyed =
          producer.send(new ProducerRecord<>(TOPIC, PARTITION, key, poison));
      awaitAllBefore();

      assertEquals("poison", letter(small).value());
      assertEquals("3000000", letter(large).says("value-omitted"));
      assertEquals(String.valueOf(large.get().offset()), letter(large).says("original-offset"));
      assertEquals("100000", letter(headers).says("headers-omitted"));
      assertEquals(String.valueOf(key.length), letter(keyed).says("key-omitted"));
      DeskClient desk = new DeskClient(courier);
      for (Future<RecordMetadata> each : List.of(small, large, headers, keyed)) {
        desk.awaitState(id(each.get()), "failed");
      }
      assertEquals(3_000_000, desk.get(id(large.get())).get("valueOmitted").intValue());
      assertEquals(100_000, desk.get(id(headers.get())).get("headersOmitted").intValue());
    } finally {
      allow("dead-letter-topic", 64 * 1024 * 1024);
    }
  }

  @Test
  void aRecordThatIsManyTimesItsBytesOnTheWireIsParkedAndTheNextOnesGoOn() throws Exception {
    byte[] value = new byte[70 * 1024 * 1024];
    Arrays.fill(value, (byte) 'a');
    RecordMetadata sent;
    try (Producer<byte[], byte[]> gzip = producer("gzip")) {
      sent = gzip.send(new ProducerRecord<>(TOPIC, PARTITION, null, value)).get();
    }
    awaitAllBefore();
    DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
    assertEquals(String.valueOf(value.length), letter.says("value-omitted"));
    assertNull(letter.record().value());
    new DeskClient(courier).awaitState(id(sent), "failed");
  }

  @Test
  void anEnormousMemberIsNotRepeatedInTheReason() throws Exception {
    allow(TOPIC, 8 * 1024 * 1024);
    String member = "9".repeat(6 * 1024 * 1024);
    RecordMetadata sent =
        put(
            "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\",\"createdAt\":\"%s\"}"
                .formatted(member));
    awaitAllBefore();
    assertTrue(DeadLetter.of(courier.brokers(), sent.offset()).says("message").length() < 300);
    new DeskClient(courier).awaitState(id(sent), "failed");
  }

  @Test
  void aDeadLetterOfAnAbsurdTimeOrTextIsIndexedAndTheNextOnesToo() throws Exception {
    List<Header> absurd =
        List.of(
            header("dead-letter-failed-at", "+1000000000-12-31T23:59:59Z"),
            header("dead-letter-original-timestamp", String.valueOf(Long.MAX_VALUE)),
            header("dead-letter-message", "m".repeat(6 * 1024 * 1024)),
            header("dead-letter-original-topic", "absurd"));
    producer
        .send(
            new ProducerRecord<>("dead-letter-topic", 0, new byte[0], "{}".getBytes(UTF_8), absurd))
        .get();
    RecordMetadata behind =
        producer.send(new ProducerRecord<>("dead-letter-topic", 0, null, new byte[] {1})).get();
    DeskClient desk = new DeskClient(courier);
    desk.awaitState("dead-letter-topic-0-" + behind.offset(), "failed");
    assertTrue(desk.list("/dead-letters").findValuesAsText("originalTopic").contains("absurd"));
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  private static DeadLetter letter(Future<RecordMetadata> sent) throws Exception {
    return DeadLetter.of(courier.brokers(), sent.get().offset());
  }

  private static String id(RecordMetadata sent) {
    return TOPIC + "-" + PARTITION + "-" + sent.offset();
  }

  private static List<String> idsOf(SocketioClient client) {
    return client.received.stream().map(event -> ((JSONObject) event).optString("_id")).toList();
  }

  @Test
  void whatFailsForAnotherReasonIsTriedAgainAndThenDeadLettered() throws Exception {
    RecordMetadata sent = put("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"unlucky\"}");
    awaitAllBefore();
    DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
    assertEquals("4", letter.says("attempts"));
    assertEquals("no luck", letter.says("message"));
  }

  @Test
  void anIdSentByHttpAndByAnotherProgramIsOneMessage() throws Exception {
    String message = "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the same\"";
    assertEquals(202, byHttp(message + "}", "twice"));
    await().until(() -> pushed("twice") > 0);
    put(message + ",\"id\":\"twice\"}");
    put(message + ",\"id\":\"thrice\"}");
    awaitAllBefore();
    assertEquals(202, byHttp(message + "}", "thrice"));
    // The same sender and receiver, so behind the message before.
    assertEquals(202, byHttp(message + "}", "last"));
    await().until(() -> pushed("last") > 0);

    assertEquals(1, pushed("twice"));
    assertEquals(1, pushed("thrice"));
    assertTrue(
        Records.of(courier.brokers(), "dead-letter-topic").stream()
            .filter(letter -> letter.value() != null)
            .noneMatch(letter -> new String(letter.value(), UTF_8).contains("the same")));
  }

  @Test
  void anotherMessageWithTheSameIdIsDeadLetteredAndTheFirstOneStays() throws Exception {
    put("{\"id\":\"taken\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the first\"}");
    RecordMetadata sent =
        put("{\"id\":\"taken\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the second\"}");
    awaitAllBefore();

    DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
    assertTrue(letter.says("message").startsWith("id-conflict"), letter.says("message"));
    assertEquals("1", letter.says("attempts"));
    assertEquals(1, pushed("taken"));
    assertEquals(
        "the first",
        Json.of(courier.get(courier.clientB() + "/messages/taken")).get("message").textValue());
  }

  @ParameterizedTest
  @MethodSource("courier.message.record.Poison#all")
  void poisonIsDeadLetteredByteForByteAndTheNextOnesGoOn(Poison poison) throws Exception {
    byte[] key = {1, (byte) 0xfe};
    List<Header> headers =
        List.of(
            new RecordHeader("trace", "first".getBytes(UTF_8)),
            new RecordHeader("CamelFileName", new byte[] {(byte) 0xff, 0}),
            new RecordHeader("trace", "second".getBytes(UTF_8)),
            new RecordHeader(KafkaConstants.OVERRIDE_TOPIC, "elsewhere".getBytes(UTF_8)),
            new RecordHeader(KafkaConstants.KEY, "another".getBytes(UTF_8)),
            new RecordHeader("empty", null));
    Future<RecordMetadata> sending =
        producer.send(new ProducerRecord<>(TOPIC, PARTITION, key, poison.value(), headers));
    awaitAllBefore();
    RecordMetadata sent = sending.get();

    DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
    assertArrayEquals(key, letter.record().key());
    assertArrayEquals(poison.value(), letter.record().value());
    assertEquals(DeadLetter.texts(headers.stream()), letter.originalHeaders());
    assertEquals(TOPIC, letter.says("original-topic"));
    assertEquals(String.valueOf(PARTITION), letter.says("original-partition"));
    assertFalse(letter.says("original-topic-id").isEmpty());
    assertEquals(String.valueOf(sent.timestamp()), letter.says("original-timestamp"));
    assertTrue(letter.says("exception").contains("."), "a class");
    assertTrue(letter.says("message").contains(poison.reason()), letter.says("message"));
    assertFalse(letter.says("route").isEmpty());
    assertEquals("1", letter.says("attempts"));
    assertTrue(letter.says("failed-at").endsWith("Z"));

    String id = TOPIC + "-" + PARTITION + "-" + sent.offset();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> courier.get(courier.clientB() + "/dead-letters/" + id).statusCode() == 200);
    JsonNode entry = Json.of(courier.get(courier.clientB() + "/dead-letters/" + id));
    assertTrue(entry.get("message").textValue().contains(poison.reason()));
    assertEquals(headers.size(), entry.get("headers").size());
  }

  @Test
  void aMessageThatIsTooLargeForTheStoreIsDeadLetteredByteForByte() throws Exception {
    int size = 17 * 1024 * 1024;
    allow(TOPIC, size + 1024);
    byte[] value =
        ("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"" + "z".repeat(size) + "\"}")
            .getBytes(UTF_8);
    RecordMetadata sent = producer.send(new ProducerRecord<>(TOPIC, PARTITION, null, value)).get();
    awaitAllBefore();

    DeadLetter letter = DeadLetter.of(courier.brokers(), sent.offset());
    assertEquals("1", letter.says("attempts"));
    assertArrayEquals(value, letter.record().value());
    String id = TOPIC + "-" + PARTITION + "-" + sent.offset();
    DeskClient desk = new DeskClient(courier);
    desk.awaitState(id, "failed");
    assertEquals(value.length, desk.get(id).get("valueOmitted").intValue());
    assertEquals(409, desk.post(id + "/replay", "").statusCode());
    String bulk = "{\"ids\":[\"%s\"]}".formatted(id);
    assertEquals(409, desk.postTo("/dead-letter-replays", bulk, "application/json").statusCode());
  }

  /** Lets the topic take records as large as this. */
  private static void allow(String name, int bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    ConfigEntry limit = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", courier.brokers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static int byHttp(String message, String id) {
    return CourierProcess.exchange(courier.post(message).header("Idempotency-Key", id))
        .statusCode();
  }

  private static RecordMetadata put(String value) throws Exception {
    return send(value.getBytes(UTF_8)).get();
  }

  private static Future<RecordMetadata> send(byte[] value) {
    return producer.send(new ProducerRecord<>(TOPIC, PARTITION, null, value));
  }

  private static Producer<byte[], byte[]> producer(String compression) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            courier.brokers(),
            "max.request.size",
            128 * 1024 * 1024,
            "buffer.memory",
            256L * 1024 * 1024,
            "linger.ms",
            20,
            "compression.type",
            compression),
        bytes,
        bytes);
  }

  /** Waits until a good record behind all others of the partition is pushed. */
  private static void awaitAllBefore() throws Exception {
    String value = "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"behind\"}";
    String id = TOPIC + "-" + PARTITION + "-" + put(value).offset();
    await().atMost(Duration.ofSeconds(20)).until(() -> pushed(id) > 0);
  }

  private static long pushed(String id) {
    return client.received.stream()
        .filter(event -> ((JSONObject) event).optString("_id").equals(id))
        .count();
  }
}
