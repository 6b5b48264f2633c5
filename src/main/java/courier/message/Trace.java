package courier.message;

import courier.http.JsonBody;
import courier.http.Refusal;
import courier.kafka.Kafka;
import courier.store.StoredJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/** What is known of one message, put together from where it is stored and its dead letters. */
public final class Trace {
  private final Kafka kafka;
  private final String topic;
  private final String group;

  /**
   * @param topic of the messages
   * @param group of the consumer that stores them
   */
  public Trace(Kafka kafka, String topic, String group) {
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
  }

  /** The query for its dead letters. */
  public void deadLetters(Message message, @Variable("id") String id) {
    message.removeHeaders("*");
    message.setBody(null);
    message.setHeader(MongoDbConstants.CRITERIA, new Document("messageId", id));
  }

  /**
   * {@code {"id","state","events":[{"event","at",…}]}}, in the order in which it happened.
   *
   * @throws Refusal 404 when nothing is known, saying how much is still to be read
   */
  public void answer(Message answer, @Variable("id") String id, @Variable("stored") Document stored)
      throws InterruptedException {
    List<Document> events = new ArrayList<>();
    String state = null;
    for (Object found : answer.getBody(List.class)) {
      Document letter = (Document) found;
      state = letter.getString("state");
      events.add(
          event("logged", letter.getDate("originalTimestamp"))
              .append("topic", letter.get("originalTopic"))
              .append("partition", letter.get("originalPartition"))
              .append("offset", letter.get("originalOffset")));
      for (Document entry : letter.getList("history", Document.class)) {
        events.add(deadLetterEvent(letter, entry));
      }
    }
    events.sort(Comparator.comparing(event -> event.getDate("at")));
    if (stored != null) {
      state = "stored";
      events.add(0, event("accepted", stored.getDate("createdAt")));
      events.add(
          new Document("event", "stored")
              .append("topic", topic)
              .append("partition", stored.get("partition"))
              .append("offset", stored.get("offset")));
    }
    if (events.isEmpty()) {
      throw new Refusal(404, unknown());
    }
    Document trace = new Document("id", id).append("state", state).append("events", events);
    JsonBody.write(answer, StoredJson.of(trace));
  }

  private static Document event(String name, Date at) {
    return new Document("event", name).append("at", at);
  }

  private static Document deadLetterEvent(Document letter, Document entry) {
    Document event = event(entry.getString("action"), entry.getDate("at"));
    Stream.of("by", "detail")
        .filter(member -> entry.get(member) != null)
        .forEach(member -> event.append(member, entry.get(member)));
    return event.append("deadLetter", letter.get("_id"));
  }

  private String unknown() throws InterruptedException {
    String nothing = "No message with this id is stored or dead-lettered here. ";
    try {
      long lag = kafka.lag(group, topic);
      return nothing
          + (lag == 0
              ? "Client B has read all there is: it was not accepted, or is for somebody else."
              : "Client B has %d records still to read: ask again in a moment.".formatted(lag));
    } catch (ExecutionException e) {
      return nothing + "How much is still to be read, Kafka does not say at the moment.";
    }
  }
}
