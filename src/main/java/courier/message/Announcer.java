package courier.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import courier.kafka.Batches;
import courier.kafka.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Says what was stored of a batch, and up to where: in records of {@code stored-messages}. */
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
   * Says that these messages of a batch are stored, and that all of the batch is done with: for
   * each partition one announcement or, as each is bounded, more.
   */
  public List<Announcement> announce(
      @Variable("records") List<Exchange> batch,
      @Variable("messages") List<ReceivedMessage> messages)
      throws JsonProcessingException {
    Reach reach = batches.reach(batch);
    Map<Integer, List<ReceivedMessage>> stored = new TreeMap<>();
    for (ReceivedMessage message : messages) {
      stored.computeIfAbsent(message.place().partition(), p -> new ArrayList<>()).add(message);
    }
    List<Announcement> announcements = new ArrayList<>();
    for (Map.Entry<Integer, Long> end : reach.next().entrySet()) {
      int partition = end.getKey();
      long from = reach.from().get(partition);
      List<Announcement.Event> events = new ArrayList<>();
      int length = 0;
      for (ReceivedMessage message : stored.getOrDefault(partition, List.of())) {
        long offset = message.place().offset();
        if (length > RECORD) {
          announcements.add(stretch(reach, partition, from, offset, events));
          from = offset;
          events.clear();
          length = 0;
        }
        events.add(message.announced());
        length += message.length();
      }
      announcements.add(stretch(reach, partition, from, end.getValue(), events));
    }
    return announcements;
  }

  private Announcement stretch(
      Reach reach, int partition, long from, long next, List<Announcement.Event> events) {
    return new Announcement(reach.topic(), reach.topicId(), group, partition, from, next, events);
  }

  /**
   * The records that tell others; those of a partition have its key, and so their order.
   *
   * @param traceparent of the batch, if traces are wanted
   */
  public List<Message> records(
      @Body List<Announcement> announcements,
      @Variable("traceparent") String traceparent,
      CamelContext context)
      throws JsonProcessingException {
    List<Message> records = new ArrayList<>();
    for (Announcement announcement : announcements) {
      Message record = new DefaultMessage(context);
      record.setHeader(KafkaConstants.KEY, Integer.toString(announcement.partition()));
      if (traceparent != null) {
        record.setHeader("traceparent", traceparent);
      }
      record.setBody(announcement.write());
      records.add(record);
    }
    return records;
  }
}
