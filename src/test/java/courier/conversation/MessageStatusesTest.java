package courier.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.socketio.SocketioConstants;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is announced of receipts, and what is read of it. */
class MessageStatusesTest {
  private static final String ARGUMENT =
      "{\"person\":\"bert\",\"partner\":\"anna\",\"status\":\"read\",\"_id\":\"Ü\",\"partition\":2,\"offset\":3000000000}";

  private final CamelContext context = new DefaultCamelContext();
  private final MessageStatuses statuses = new MessageStatuses("client-messages");

  private Exchange record(String partner) throws Exception {
    return record(partner, System.currentTimeMillis());
  }

  private Exchange record(String partner, long at) throws Exception {
    Exchange record = new DefaultExchange(context);
    statuses.announce(
        record.getMessage(), new MessageStatus("bert", partner, "read", "Ü", 2, 3_000_000_000L));
    record.getMessage().setHeader(KafkaConstants.TIMESTAMP, at);
    return record;
  }

  private List<String> rooms(Exchange... records) throws Exception {
    return statuses.events(List.of(records), context).stream()
        .map(event -> event.getHeader(SocketioConstants.ROOM, String.class))
        .toList();
  }

  @Test
  void areTheSameForThePersonAndForThePartner() throws Exception {
    Exchange record = record("anna");
    assertEquals("2", record.getMessage().getHeader(KafkaConstants.KEY));

    assertEquals(List.of("bert", "anna"), rooms(record));
    for (Message event : statuses.events(List.of(record), context)) {
      assertEquals(ARGUMENT, event.getBody());
    }
  }

  @Test
  void areForOneWhoWritesToThemselvesOnce() throws Exception {
    assertEquals(List.of("bert"), rooms(record("bert")));
  }

  @Test
  void areForNobodyAnyMoreAfterAMinute() throws Exception {
    long now = System.currentTimeMillis();
    assertEquals(List.of(), rooms(record("anna", now - 61_000)));
    assertEquals(2, rooms(record("anna", now - 50_000)).size());
    assertEquals(2, rooms(record("anna", now + 61_000)).size()); // another clock
  }

  @Test
  void areOfMessagesOfThisTopicAlone() throws Exception {
    Exchange record = record("anna");
    assertEquals(List.of(), new MessageStatuses("others").events(List.of(record), context));
  }

  @Test
  void areToldFromAnnouncementsOfMessages() throws Exception {
    assertTrue(MessageStatuses.isOne(record("anna").getMessage().getBody(byte[].class)));
    for (String other : List.of("", "{", "{\"status\":", "{\"topic\":\"client-messages\"}")) {
      assertFalse(MessageStatuses.isOne(other.getBytes(UTF_8)), other);
    }
    assertFalse(MessageStatuses.isOne(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'status':null,'topic':'client-messages'}",
        "{'status':{},'topic':'client-messages'}",
        "{'status':{'person':null,'partner':'anna','status':'read','_id':'1','partition':0,'offset':0},'topic':'client-messages'}",
        "{'status':{'person':'bert','partner':'anna','status':'read','_id':'1','partition':0},'topic':'client-messages'}",
        "{'status':{'person':'bert','partner':'anna','status':'read','_id':'1','partition':0,'offset':0}}",
        "{'status':[",
      })
  void leavesOutWhatIsNone(String json) throws Exception {
    Exchange none = new DefaultExchange(context);
    none.getMessage().setBody(json.replace('\'', '"').getBytes(UTF_8));

    assertEquals(2, rooms(none, record("anna")).size());
  }
}
