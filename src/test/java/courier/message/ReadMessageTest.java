package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.failure.PoisonException;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadMessageTest {
  @Test
  void takesThePositionForTheIdAndTheTimestampForCreatedAtOfAForeignRecord() throws Exception {
    ReceivedMessage message =
        ReadMessage.read(record("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\"}"));

    assertEquals("client-messages-3-42", message.id());
    assertEquals("2023-11-14T22:13:20.000Z", message.event().get("createdAt"));
  }

  @Test
  void takesTheFirstPositionAndTimestampOfARecordThatWasSentAgain() throws Exception {
    Message record = record("{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\"}");
    record.setHeader("dead-letter-replay-record", "client-messages-1-7".getBytes(UTF_8));
    record.setHeader("dead-letter-replay-timestamp", "1600000000000".getBytes(UTF_8));

    ReceivedMessage message = ReadMessage.read(record);

    assertEquals("client-messages-1-7", message.id());
    assertEquals("2020-09-13T12:26:40.000Z", message.event().get("createdAt"));
  }

  @Test
  void keepsWhatItDoesNotKnowButPushesOnlyTheFiveMembers() throws Exception {
    ReceivedMessage message =
        ReadMessage.read(
            record(
                "{\"id\":\"1\",\"from\":\"x\",\"to\":\"b\",\"message\":\"y\","
                    + "\"createdAt\":\"2026-11-22T10:00:00+01:00\",\"priority\":{\"level\":5}}"));

    assertTrue(message.get("priority").toString().contains("5"));
    assertEquals(
        List.of("_id", "from", "to", "message", "createdAt"),
        List.copyOf(message.event().keySet()));
    assertEquals("2026-11-22T09:00:00.000Z", message.event().get("createdAt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "null",
        "[]",
        "\"text\"",
        "{\"from\":\"x\",\"to\":\"b\"}",
        "{\"from\":1,\"to\":\"b\",\"message\":\"y\"}",
        "{\"from\":\"x\",\"to\":\"\",\"message\":\"y\"}",
        "{\"id\":7,\"from\":\"x\",\"to\":\"b\",\"message\":\"y\"}",
        "{\"from\":\"x\",\"to\":\"b\",\"message\":\"y\",\"createdAt\":\"yesterday\"}",
        "{\"from\":\"x\",\"to\":\"b\",\"message\":\"y\",\"createdAt\":7}",
        "{\"from\":\"x\",\"to\":\"b\",\"message\":\"y\"} {}",
        "{\"from\":\"x\",\"to\":\"b\",\"message\":\"y\",\"$set\":1}",
      })
  void callsPoisonWhatIsNoMessage(String value) {
    assertThrows(PoisonException.class, () -> ReadMessage.read(record(value)));
  }

  @Test
  void callsPoisonARecordWithoutAValue() {
    Message record = record("");
    record.setBody(null);
    assertThrows(PoisonException.class, () -> ReadMessage.read(record));
  }

  private static Message record(String value) {
    Message record = new DefaultExchange(new DefaultCamelContext()).getMessage();
    record.setBody(value.getBytes(UTF_8));
    record.setHeader(KafkaConstants.TOPIC, "client-messages");
    record.setHeader(KafkaConstants.PARTITION, 3);
    record.setHeader(KafkaConstants.OFFSET, 42L);
    record.setHeader(KafkaConstants.TIMESTAMP, 1_700_000_000_000L);
    return record;
  }
}
