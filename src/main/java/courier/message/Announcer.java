package courier.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import courier.kafka.Batches;
import courier.kafka.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.support.DefaultMessage;

/** Makes the records of {@code stored-messages}: what was stored of a batch, and up to where. */
public final class Announcer {
  /** Characters; what is pushed at once must not be more than a client may have waiting. */
  private static final int RECORD = 128 * 1024;

  private final String group;
  private final Batches batches = new Batches();

  /**
   * @param group of the consumer that stores them
   */
  public Announcer(String group) {
    this.group = group;
  }

  /**
   * The records that say that these messages of a batch are stored, and that all of the batch is
   * done with: one or, as each is bounded, more.
   */
  public List<Message> announce(
      @Variable("records") List<Exchange> batch,
      @Variable("messages") List<ReceivedMessage> messages,
      CamelContext context)
      throws JsonProcessingException {
    Reach reach = batches.reach(batch);
    Map<Integer, Long> from = new TreeMap<>(reach.from());
    List<Message> records = new ArrayList<>();
    int at = 0;
    do {
      List<Announcement.Event> events = new ArrayList<>();
      Map<Integer, Long> next = new TreeMap<>();
      for (int length = 0; at < messages.size() && length < RECORD; at++) {
        ReceivedMessage message = messages.get(at);
        events.add(message.announced());
        next.put(message.place().partition(), message.place().offset() + 1);
        length += message.length();
      }
      if (at == messages.size()) {
        next = reach.next();
      }
      Map<Integer, Long> begins = new TreeMap<>(from);
      begins.keySet().retainAll(next.keySet());
      Message record = new DefaultMessage(context);
      record.setBody(
          new Announcement(reach.topic(), reach.topicId(), group, begins, next, events).write());
      records.add(record);
      from.putAll(next);
    } while (at < messages.size());
    return records;
  }
}
