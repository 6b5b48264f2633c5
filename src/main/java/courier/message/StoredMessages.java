package courier.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import courier.socketio.SocketioConstants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Records of {@code stored-messages}: what was stored of a batch, as {@code
 * [[partition,offset,event],…]}.
 */
public final class StoredMessages {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Characters; what is pushed at once must not be more than a client may have waiting. */
  private static final int RECORD = 128 * 1024;

  private long next = -1;

  /** The records that say that these messages are stored. */
  public List<Message> of(
      @Variable("messages") List<ReceivedMessage> messages, CamelContext context)
      throws JsonProcessingException {
    List<Message> records = new ArrayList<>();
    for (int from = 0, to; from < messages.size(); from = to) {
      int length = 0;
      for (to = from; to < messages.size() && length < RECORD; to++) {
        length += messages.get(to).length();
      }
      Message record = new DefaultMessage(context);
      record.setBody(
          JSON.writeValueAsBytes(
              messages.subList(from, to).stream().map(ReceivedMessage::positioned).toList()));
      records.add(record);
    }
    return records;
  }

  /**
   * Makes the body of a batch of such records the list of their events, as {@code socketio:} takes
   * them, and sets its header {@code CamelSocketioGap} when records before them were not seen.
   */
  public void read(Exchange batch) throws IOException {
    List<Message> events = new ArrayList<>();
    boolean gap = false;
    for (Object polled : batch.getMessage().getBody(List.class)) {
      Message record = ((Exchange) polled).getMessage();
      long offset = record.getHeader(KafkaConstants.OFFSET, Long.class);
      gap |= next >= 0 && offset > next;
      next = offset + 1;
      for (JsonNode stored : JSON.readTree(record.getBody(byte[].class))) {
        JsonNode event = stored.get(2);
        events.add(
            event(
                batch.getContext(),
                stored.get(0).intValue(),
                stored.get(1).longValue(),
                event.get("to").textValue(),
                event));
      }
    }
    batch.getMessage().setBody(events);
    batch.getMessage().setHeader(SocketioConstants.GAP, gap);
  }

  static Message event(
      CamelContext context, int partition, long offset, String room, Object argument) {
    Message event = new DefaultMessage(context);
    event.setHeader(SocketioConstants.PARTITION, partition);
    event.setHeader(SocketioConstants.OFFSET, offset);
    event.setHeader(SocketioConstants.ROOM, room);
    event.setBody(argument);
    return event;
  }
}
