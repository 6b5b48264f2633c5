package courier.message.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.DeadLetter;
import courier.fixture.Json;
import courier.fixture.Records;
import courier.fixture.SharedCourier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that another program puts on client-messages are messages as those by HTTP are. */
@ExtendWith(SharedCourier.class)
class ForeignMessagesIT {
  private final CourierProcess courier;
  private final ForeignRecords records;

  ForeignMessagesIT(CourierProcess courier) {
    this.courier = courier;
    records = new ForeignRecords(courier);
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void aRecordWithoutKeyAndIdIsStoredAndPushedOnceUnderItsPosition() throws Exception {
    RecordMetadata sent = records.put(ForeignRecords.good("y"));
    records.awaitAllBefore();
    String id = ForeignRecords.id(sent);
    assertEquals(1, records.pushed(id));
    JsonNode stored = Json.of(courier.get(courier.clientB() + "/messages/" + id));
    assertEquals("y", stored.get("message").textValue());
    assertEquals(sent.offset(), stored.get("offset").longValue());
  }

  @Test
  void aRecordForSomebodyElseIsNeitherStoredNorPushed() throws Exception {
    records.put("{\"id\":\"other\",\"from\":\"x\",\"to\":\"clientC\",\"message\":\"y\"}");
    records.awaitAllBefore();
    assertEquals(404, courier.get(courier.clientB() + "/messages/other").statusCode());
    assertEquals(0, records.pushed("other"));
  }

  @Test
  void membersNobodyKnowsAreKept() throws Exception {
    records.put(
        "{\"id\":\"more\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\",\"_id\":7,"
            + "\"tags\":[\"a\",{\"b\":null}],\"number\":1.5,\"a.b\":{\"$set\":true}}");
    records.awaitAllBefore();
    JsonNode stored = Json.of(courier.get(courier.clientB() + "/messages/more"));
    assertEquals("[\"a\",{\"b\":null}]", stored.get("tags").toString());
    assertEquals("1.5", stored.get("number").toString());
    assertEquals("{\"$set\":true}", stored.get("a.b").toString());
    assertEquals(1, records.pushed("more"));
  }

  @Test
  void anIdSentByHttpAndByAnotherProgramIsOneMessage() throws Exception {
    String message = "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the same\"";
    assertEquals(202, byHttp(message + "}", "twice"));
    await().until(() -> records.pushed("twice") > 0);
    records.put(message + ",\"id\":\"twice\"}");
    records.put(message + ",\"id\":\"thrice\"}");
    records.awaitAllBefore();
    assertEquals(202, byHttp(message + "}", "thrice"));
    // The same sender and receiver, so behind the message before.
    assertEquals(202, byHttp(message + "}", "last"));
    await().until(() -> records.pushed("last") > 0);

    assertEquals(1, records.pushed("twice"));
    assertEquals(1, records.pushed("thrice"));
    assertTrue(
        Records.of(courier.brokers(), "dead-letter-topic").stream()
            .filter(letter -> letter.value() != null)
            .noneMatch(letter -> new String(letter.value(), UTF_8).contains("the same")));
  }

  @Test
  void anotherMessageWithTheSameIdIsDeadLetteredAndTheFirstOneStays() throws Exception {
    records.put("{\"id\":\"taken\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the first\"}");
    RecordMetadata sent =
        records.put(
            "{\"id\":\"taken\",\"from\":\"x\",\"to\":\"clientB\",\"message\":\"the second\"}");

    DeadLetter letter = records.letter(sent);
    assertTrue(letter.says("message").startsWith("id-conflict"), letter.says("message"));
    assertEquals("1", letter.says("attempts"));
    assertEquals(1, records.pushed("taken"));
    assertEquals(
        "the first",
        Json.of(courier.get(courier.clientB() + "/messages/taken")).get("message").textValue());
  }

  private int byHttp(String message, String id) {
    return CourierProcess.exchange(courier.post(message).header("Idempotency-Key", id))
        .statusCode();
  }
}
