package courier.message.record;

import static courier.message.record.ForeignRecords.PARTITION;
import static courier.message.record.ForeignRecords.TOPIC;
import static courier.message.record.ForeignRecords.good;
import static courier.message.record.ForeignRecords.id;
import static courier.message.record.ForeignRecords.idsOf;
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
import courier.fixture.ForeignProducer;
import courier.fixture.UnluckyStep;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are hard to take: each comes back as it was sent, or is dead-lettered by itself. */
class RecordsIT {
  @TempDir static Path folder;
  private static CourierProcess courier;
  private static ForeignRecords records;
  private static DeskClient desk;

  @BeforeAll
  static void start() throws IOException {
    courier = new CourierProcess(folder);
    UnluckyStep.addTo(folder);
    courier.start();
    records = new ForeignRecords(courier);
    desk = new DeskClient(courier);
  }

  @AfterAll
  static void close() {
    records.close();
    courier.close();
  }

  @ParameterizedTest
  @MethodSource("courier.message.record.RecordCase#all")
  void comesBackAsItWasSentOrIsDeadLetteredByItself(RecordCase record) throws Exception {
    RecordMetadata sent = records.put(record.value());
    records.awaitAllBefore();
    if (record.isStored()) {
      String id = id(sent);
      record.assertIn(courier.get(courier.clientB() + "/messages/" + id).body());
      record.assertIn(courier.get(courier.clientB() + "/messages?limit=2").body());
      assertEquals(200, courier.get(courier.clientB() + "/messages/" + id + "/trace").statusCode());
      assertEquals(1, records.pushed(id));
    } else {
      DeadLetter letter = DeadLetter.of(courier.brokers(), sent);
      record.assertIn(letter.says("message"));
      assertEquals("1", letter.says("attempts"));
    }
  }

  @Test
  void whoComesBackPassesOverThemAll() throws Exception {
    String first = id(records.put(good("first")));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (RecordCase record : RecordCase.all().toList()) {
      sent.add(records.send(record.value().getBytes(UTF_8)));
      sent.add(records.send(good("good").getBytes(UTF_8)));
    }
    records.producer.flush();
    records.awaitAllBefore();
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
    ForeignProducer.limit(courier.brokers(), "dead-letter-topic", 1024 * 1024);
    ForeignProducer.limit(courier.brokers(), TOPIC, 8 * 1024 * 1024);
    try {
      Future<RecordMetadata> small = records.send("poison".getBytes(UTF_8));
      Future<RecordMetadata> large = records.send("poison".repeat(500_000).getBytes(UTF_8));
      List<Header> many =
          IntStream.range(0, 100_000)
              .<Header>mapToObj(i -> new RecordHeader("header-" + i, new byte[] {1}))
              .toList();
      byte[] poison = "poison".getBytes(UTF_8);
      Future<RecordMetadata> headers = records.send(null, poison, many);
      byte[] key = new byte[2 * 1024 * 1024];
      Future<RecordMetadata> keyed = records.send(key, poison, List.of());
      records.awaitAllBefore();

      assertEquals("poison", letter(small).value());
      assertEquals("3000000", letter(large).says("value-omitted"));
      assertEquals(String.valueOf(large.get().offset()), letter(large).says("original-offset"));
      assertEquals("100000", letter(headers).says("headers-omitted"));
      assertEquals(String.valueOf(key.length), letter(keyed).says("key-omitted"));
      for (Future<RecordMetadata> each : List.of(small, large, headers, keyed)) {
        desk.awaitState(id(each.get()), "failed");
      }
      assertEquals(3_000_000, desk.get(id(large.get())).get("valueOmitted").intValue());
      assertEquals(100_000, desk.get(id(headers.get())).get("headersOmitted").intValue());
    } finally {
      ForeignProducer.limit(courier.brokers(), "dead-letter-topic", 64 * 1024 * 1024);
    }
  }

  @Test
  void aRecordThatIsManyTimesItsBytesOnTheWireIsParkedAndTheNextOnesGoOn() throws Exception {
    byte[] value = new byte[70 * 1024 * 1024];
    Arrays.fill(value, (byte) 'a');
    RecordMetadata sent = records.putInGzip(value);
    DeadLetter letter = records.letter(sent);
    assertEquals(String.valueOf(value.length), letter.says("value-omitted"));
    assertNull(letter.record().value());
    desk.awaitState(id(sent), "failed");
  }

  @Test
  void anEnormousMemberIsNotRepeatedInTheReason() throws Exception {
    ForeignProducer.limit(courier.brokers(), TOPIC, 8 * 1024 * 1024);
    String member = "9".repeat(6 * 1024 * 1024);
    RecordMetadata sent =
        records.put(
            "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\",\"createdAt\":\"%s\"}"
                .formatted(member));
    assertTrue(records.letter(sent).says("message").length() < 300);
    desk.awaitState(id(sent), "failed");
  }

  @Test
  void aDeadLetterOfAnAbsurdTimeOrTextIsIndexedAndTheNextOnesToo() throws Exception {
    List<Header> absurd =
        List.of(
            header("dead-letter-failed-at", "+1000000000-12-31T23:59:59Z"),
            header("dead-letter-original-timestamp", String.valueOf(Long.MAX_VALUE)),
            header("dead-letter-message", "m".repeat(6 * 1024 * 1024)),
            header("dead-letter-original-topic", "absurd"));
    records
        .producer
        .send(
            new ProducerRecord<>("dead-letter-topic", 0, new byte[0], "{}".getBytes(UTF_8), absurd))
        .get();
    RecordMetadata behind =
        records
            .producer
            .send(new ProducerRecord<>("dead-letter-topic", 0, null, new byte[] {1}))
            .get();
    desk.awaitState("dead-letter-topic-0-" + behind.offset(), "failed");
    assertTrue(desk.list("/dead-letters").findValuesAsText("originalTopic").contains("absurd"));
  }

  @Test
  void whatFailsForAnotherReasonIsTriedAgainAndThenDeadLettered() throws Exception {
    DeadLetter letter = records.letter(records.put(good("unlucky")));
    assertEquals("4", letter.says("attempts"));
    assertEquals("no luck", letter.says("message"));
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
    Future<RecordMetadata> sending = records.send(key, poison.value(), headers);
    records.awaitAllBefore();
    RecordMetadata sent = sending.get();

    DeadLetter letter = letter(sending);
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

    JsonNode entry = desk.get(desk.awaitState(id(sent), "failed"));
    assertTrue(entry.get("message").textValue().contains(poison.reason()));
    assertEquals(headers.size(), entry.get("headers").size());
  }

  @Test
  void aMessageThatIsTooLargeForTheStoreIsDeadLetteredByteForByte() throws Exception {
    int size = 17 * 1024 * 1024;
    ForeignProducer.limit(courier.brokers(), TOPIC, size + 1024);
    byte[] value = good("z".repeat(size)).getBytes(UTF_8);
    RecordMetadata sent = records.send(value).get();

    DeadLetter letter = records.letter(sent);
    assertEquals("1", letter.says("attempts"));
    assertArrayEquals(value, letter.record().value());
    String id = desk.awaitState(id(sent), "failed");
    assertEquals(value.length, desk.get(id).get("valueOmitted").intValue());
    assertEquals(409, desk.post(id + "/replay", "").statusCode());
    String bulk = "{\"ids\":[\"%s\"]}".formatted(id);
    assertEquals(409, desk.postTo("/dead-letter-replays", bulk, "application/json").statusCode());
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  private static DeadLetter letter(Future<RecordMetadata> sent) throws Exception {
    return DeadLetter.of(courier.brokers(), sent.get());
  }
}
