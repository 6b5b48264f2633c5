package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.socketio.SocketioConstants;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

class StoredMessagesTest {
  private final CamelContext context = new DefaultCamelContext();
  private final StoredMessages storedMessages = new StoredMessages();

  @Test
  void areReadAsTheEventsThatWereWritten() throws Exception {
    List<Message> records =
        storedMessages.of(List.of(message(4, 70), message(5, 3_000_000_000L)), context);
    assertEquals(1, records.size());

    List<Message> events = read(records, 0);

    Message last = events.get(1);
    assertEquals(5, last.getHeader(SocketioConstants.PARTITION));
    assertEquals(3_000_000_000L, last.getHeader(SocketioConstants.OFFSET));
    assertEquals("anna", last.getHeader(SocketioConstants.ROOM));
    JsonNode event = last.getBody(JsonNode.class);
    assertEquals(
        "{\"_id\":\"id-3000000000\",\"from\":\"bert\",\"to\":\"anna\",\"message\":\"Grüße 👋🏽\","
            + "\"createdAt\":\"2023-11-14T22:13:20.000Z\"}",
        event.toString());
  }

  @Test
  void areSeveralRecordsWhenTheyAreMany() throws Exception {
    List<ReceivedMessage> many = new ArrayList<>();
    for (int offset = 0; offset < 1_200; offset++) {
      many.add(message(0, offset));
    }

    List<Message> records = storedMessages.of(many, context);

    assertEquals(2, records.size());
    assertEquals(1_200, read(records, 0).size());
  }

  @Test
  void haveAGapWhenRecordsBetweenWereNotSeen() throws Exception {
    List<Message> record = storedMessages.of(List.of(message(0, 1)), context);

    read(record, 100);
    assertFalse(gap);
    read(record, 101);
    assertFalse(gap);
    read(record, 50); // reads some again, after a new start
    assertFalse(gap);
    read(record, 52);
    assertTrue(gap);
  }

  private boolean gap;

  private List<Message> read(List<Message> records, long offset) throws Exception {
    List<Exchange> polled = new ArrayList<>();
    for (Message record : records) {
      Exchange exchange = new DefaultExchange(context);
      exchange.getMessage().setBody(record.getBody());
      exchange.getMessage().setHeader(KafkaConstants.OFFSET, offset + polled.size());
      polled.add(exchange);
    }
    Exchange batch = new DefaultExchange(context);
    batch.getMessage().setBody(polled);
    storedMessages.read(batch);
    gap = batch.getMessage().getHeader(SocketioConstants.GAP, Boolean.class);
    @SuppressWarnings("unchecked")
    List<Message> events = batch.getMessage().getBody(List.class);
    return events;
  }

  private ReceivedMessage message(int partition, long offset) throws Exception {
    Message record = new DefaultMessage(context);
    record.setHeader(KafkaConstants.TOPIC, "client-messages");
    record.setHeader(KafkaConstants.PARTITION, partition);
    record.setHeader(KafkaConstants.OFFSET, offset);
    record.setHeader(KafkaConstants.TIMESTAMP, 1_700_000_000_000L);
    record.setBody(
        """
        {"id":"id-%d","from":"bert","to":"anna","message":"Grüße 👋🏽","more":1}"""
            .formatted(offset)
            .getBytes(UTF_8));
    return ReadMessage.read(record);
  }
}
