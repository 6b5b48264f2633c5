package courier.conversation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import courier.kafka.RecordJson;
import courier.socketio.SocketioConstants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts among the records of {@code stored-messages}, by which each instance learns of them:
 * JSON {@code {"status":{…},"topic"}}. Whose messages an instance keeps does not matter, as anybody
 * may be connected to it who sent one.
 */
public final class MessageStatuses {
  private static final Logger LOG = LoggerFactory.getLogger(MessageStatuses.class);
  private static final byte[] BEGIN = "{\"status\":".getBytes(StandardCharsets.UTF_8);

  /** An instance that starts reads again what was announced before; nobody waits for that. */
  private static final long OLD_MILLIS = 60_000;

  private final String topic;

  /**
   * @param topic of the messages
   */
  public MessageStatuses(String topic) {
    this.topic = topic;
  }

  @JsonPropertyOrder({"status", "topic"})
  private record Announced(MessageStatus status, String topic) {
    Announced {
      Objects.requireNonNull(status, "status");
    }
  }

  /** Whether a record's value is one, and no announcement of messages. */
  public static boolean isOne(byte[] json) {
    return json != null
        && json.length > BEGIN.length
        && Arrays.equals(json, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
  }

  /** The record that tells all instances; with the partition as its key, as of its message. */
  public void announce(Message record, @Variable("noted") MessageStatus noted)
      throws JsonProcessingException {
    record.removeHeaders("*");
    record.setHeader(KafkaConstants.KEY, Integer.toString(noted.partition()));
    record.setBody(RecordJson.write(new Announced(noted, topic)));
  }

  /** What there is of them in a batch of records, as events for each whom they are for. */
  public List<Message> events(@Body List<Exchange> records, CamelContext context)
      throws JsonProcessingException {
    List<Message> events = new ArrayList<>();
    for (Exchange each : records) {
      byte[] json = each.getMessage().getBody(byte[].class);
      if (isOne(json) && !isOld(each.getMessage())) {
        add(events, json, context);
      }
    }
    return events;
  }

  private static boolean isOld(Message record) {
    Long at = record.getHeader(KafkaConstants.TIMESTAMP, Long.class);
    return at != null && at < System.currentTimeMillis() - OLD_MILLIS;
  }

  private void add(List<Message> events, byte[] json, CamelContext context)
      throws JsonProcessingException {
    Announced read;
    try {
      read = RecordJson.read(json, Announced.class);
    } catch (IOException e) {
      LOG.warn("A record of stored-messages is no status: {}", e.getMessage());
      return;
    }
    if (topic.equals(read.topic())) {
      String argument = RecordJson.text(read.status());
      read.status()
          .rooms()
          .forEach(
              room -> {
                Message event = new DefaultMessage(context);
                event.setHeader(SocketioConstants.ROOM, room);
                event.setBody(argument);
                events.add(event);
              });
    }
  }
}
