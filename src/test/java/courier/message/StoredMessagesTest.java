package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import courier.kafka.RecordHeaders;
import courier.socketio.SocketioConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is announced of a batch, and what is read of it. */
class StoredMessagesTest {
  private static final String KNOWN =
      "{'topic':'client-messages','topicId':'x','group':'client-b',";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CamelContext context = new DefaultCamelContext();
  private final Announcer announcer = new Announcer("client-b");
  private final StoredMessages storedMessages = new StoredMessages("client-messages", "client-b");

  @Test
  void areReadAsTheEventsThatWereWritten() throws Exception {
    List<Exchange> batch = List.of(record(4, 70), record(5, 3_000_000_000L));

    Message stretch = read(announce(batch, batch)).get(0);

    assertEquals(RecordHeaders.TOPIC_ID, stretch.getHeader(SocketioConstants.LOG));
    Message last = events(stretch).get(1);
    assertEquals(5, last.getHeader(SocketioConstants.PARTITION));
    assertEquals(3_000_000_000L, last.getHeader(SocketioConstants.OFFSET));
    assertEquals("anna", last.getHeader(SocketioConstants.ROOM));
    assertEquals(
        Map.of(
            "_id", "id-3000000000",
            "from", "bert",
            "to", "anna",
            "message", "Grüße 👋🏽",
            "createdAt", "2023-11-14T22:13:20.000Z"),
        JSON.readValue(JSON.writeValueAsBytes(last.getBody()), Map.class));
  }

  @Test
  void tellUpToWhereABatchIsDoneWithAlsoWhenNothingOfItIsKept() throws Exception {
    announce(List.of(record(0, 4)), List.of());

    Message stretch =
        read(announce(List.of(record(0, 7), record(0, 8), record(3, 20)), List.of())).get(0);

    // Offsets 5 and 6 are no records, as this consumer has read what is between.
    assertEquals(Map.of(0, 5L, 3, 20L), stretch.getHeader(SocketioConstants.FROM));
    assertEquals(Map.of(0, 9L, 3, 21L), stretch.getHeader(SocketioConstants.NEXT));
    assertEquals(List.of(), events(stretch));
  }

  @Test
  void areSeveralRecordsWhenTheyAreManyOfWhichEachFollowsOnTheOneBefore() throws Exception {
    List<Exchange> batch = new ArrayList<>();
    for (int offset = 0; offset < 1_200; offset++) {
      batch.add(record(offset / 1_000, offset));
    }

    List<Exchange> records = announce(batch, batch);

    assertEquals(
        List.of("0", "0", "1"),
        records.stream().map(record -> record.getMessage().getHeader(KafkaConstants.KEY)).toList());
    List<Message> together = read(records);
    assertEquals(1, together.size());
    assertEquals(1_200, events(together.get(0)).size());
    Message first = read(records.subList(0, 1)).get(0);
    Message second = read(records.subList(1, 2)).get(0);
    assertEquals(
        first.getHeader(SocketioConstants.NEXT, Map.class).get(0),
        second.getHeader(SocketioConstants.FROM, Map.class).get(0));
    assertEquals(Map.of(0, 1_000L), second.getHeader(SocketioConstants.NEXT));
    assertEquals(Map.of(0, 1_000L, 1, 1_200L), together.get(0).getHeader(SocketioConstants.NEXT));
  }

  @Test
  void areApartWhenSomethingIsBetweenThem() throws Exception {
    List<Exchange> records = announce(List.of(record(0, 1)), List.of());
    records.addAll(announce(new Announcer("client-b"), List.of(record(0, 9)), List.of()));

    assertEquals(2, read(records).size());
  }

  @Test
  void areNotReadWhenTheyAreOfAnotherGroup() throws Exception {
    List<Exchange> batch = List.of(record(0, 1));
    List<Exchange> others = announce(new Announcer("client-b.*"), batch, batch);

    assertEquals(List.of(), read(others));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[[5,'anna','{}']]",
        "{}",
        "{'status':{'person':'bert'},'topic':'client-messages'}",
        KNOWN + "'partition':0,'from':1,'next':2}",
        KNOWN + "'partition':0,'from':1,'events':[]}",
        KNOWN + "'partition':0,'from':null,'next':2,'events':[]}",
        KNOWN + "'partition':-1,'from':1,'next':2,'events':[]}",
        KNOWN + "'partition':99999,'from':1,'next':2,'events':[]}",
        KNOWN + "'partition':0,'from':-1,'next':2,'events':[]}",
        KNOWN + "'partition':0,'from':3,'next':2,'events':[]}",
        KNOWN + "'partition':0,'from':1,'next':2,'events':[null]}",
        KNOWN + "'partition':0,'from':1,'next':2,'events':[[1,'anna']]}",
        KNOWN + "'partition':0,'from':1,'next':2,'events':[[1,null,'{}']]}",
        KNOWN + "'partition':0,'from':1,'next':2,'events':[[-1,'anna','{}']]}",
        KNOWN + "'partition':0,'from':1,'next':2,'events':[[1,'anna','words']]}",
      })
  void leavesOutWhatIsNone(String record) throws Exception {
    List<Exchange> records = new ArrayList<>();
    Exchange none = new DefaultExchange(context);
    none.getMessage().setBody(record.replace('\'', '"').getBytes(UTF_8));
    records.add(none);
    records.addAll(announce(List.of(record(0, 1)), List.of()));

    assertEquals(1, read(records).size());
  }

  private List<Exchange> announce(List<Exchange> batch, List<Exchange> kept) throws Exception {
    return announce(announcer, batch, kept);
  }

  private List<Exchange> announce(Announcer by, List<Exchange> batch, List<Exchange> kept)
      throws Exception {
    List<Exchange> records = new ArrayList<>();
    for (Message record : by.records(by.announce(batch, messages(kept)), null, context)) {
      Exchange polled = new DefaultExchange(context);
      polled.setMessage(record);
      records.add(polled);
    }
    return records;
  }

  private static List<ReceivedMessage> messages(List<Exchange> records) throws Exception {
    List<ReceivedMessage> messages = new ArrayList<>();
    for (Exchange record : records) {
      messages.add(ReadMessage.read(record.getMessage()));
    }
    return messages;
  }

  private List<Message> read(List<Exchange> records) {
    return storedMessages.stretches(storedMessages.read(records), false, context);
  }

  @SuppressWarnings("unchecked")
  private static List<Message> events(Message stretch) {
    return stretch.getBody(List.class);
  }

  private Exchange record(int partition, long offset) {
    Exchange record = new DefaultExchange(context);
    Message message = record.getMessage();
    message.setHeaders(RecordHeaders.at("client-messages", partition, offset));
    message.setBody(
        """
        {"id":"id-%d","from":"bert","to":"anna","message":"Grüße 👋🏽","more":1}"""
            .formatted(offset)
            .getBytes(UTF_8));
    return record;
  }
}
