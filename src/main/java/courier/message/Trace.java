package courier.message;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import courier.conversation.Receipts;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.kafka.Backlog;
import courier.mongodb.StoredDocument;
import courier.mongodb.StoredJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.kafka.common.KafkaException;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * What is known of one message, put together from where it is stored, its receipts and its dead
 * letters. A message whose id was edited in a replay is found by both ids.
 */
public final class Trace {
  /** Of dead letters; any sender may use an id again and again. */
  private static final int MOST = 50;

  private final MongoDatabase database;
  private final Backlog backlog;
  private final String topic;

  /**
   * @param backlog of the consumer that stores the messages
   * @param topic of the messages
   */
  public Trace(MongoClient mongo, String database, Backlog backlog, String topic) {
    this.database = mongo.getDatabase(database);
    this.backlog = backlog;
    this.topic = topic;
  }

  /**
   * {@code {"id","state","events":[{"event","at",…}],"more"}}, in the order in which it happened;
   * {@code more} is true when there are more dead letters than are told.
   *
   * @param person of whom alone it may tell; null is everybody
   * @throws Refusal 404 when nothing is known, saying how much is still to be read
   */
  public void answer(Message request, @Variable("person") String person)
      throws InterruptedException {
    String id = StoredDocument.id(request);
    request.removeHeaders("*");
    List<Document> letters = letters(id, person);
    boolean more = letters.size() > MOST;
    letters = letters.subList(0, Math.min(MOST, letters.size()));
    List<Document> events = new ArrayList<>();
    String state = null;
    Set<String> ids = new LinkedHashSet<>(List.of(id));
    for (Document letter : letters) {
      state = letter.getString("state");
      Stream.of("messageId", "editedId").map(letter::getString).forEach(ids::add);
      events.add(logged(letter));
      for (Document entry : letter.getList("history", Document.class)) {
        events.add(deadLetterEvent(letter, entry));
      }
    }
    events.sort(Comparator.comparing(event -> event.getDate("at")));
    for (Document stored : stored(ids, person)) {
      state = "stored";
      events.add(0, event("accepted", stored.getDate("createdAt")));
      events.add(stored(stored, id));
      for (String status : Receipts.of(database, stored)) {
        state = status;
        events.add(new Document("event", status).append("by", stored.get("to")));
      }
    }
    if (events.isEmpty()) {
      throw new Refusal(404, unknown());
    }
    Document trace = new Document("id", id).append("state", state).append("events", events);
    if (more) {
      trace.append("more", true);
    }
    JsonBody.write(request, StoredJson.of(trace));
  }

  private List<Document> letters(String id, String person) {
    Map<String, Document> letters = new LinkedHashMap<>();
    for (String member : List.of("messageId", "editedId")) {
      database
          .getCollection("dead-letters")
          .find(person == null ? eq(member, id) : and(eq(member, id), eq("sender", person)))
          .projection(exclude("value", "edited", "headers", "key", "history.value"))
          .limit(MOST + 1)
          .forEach(letter -> letters.put(letter.getString("_id"), letter));
    }
    return List.copyOf(letters.values());
  }

  private Iterable<Document> stored(Set<String> ids, String person) {
    ids.remove(null);
    Bson found = in("_id", ids);
    return database
        .getCollection("messages")
        .find(person == null ? found : and(found, or(eq("from", person), eq("to", person))))
        .projection(include("createdAt", "topicId", "partition", "offset", "from", "to"));
  }

  private static Document event(String name, Date at) {
    return new Document("event", name).append("at", at);
  }

  private static Document logged(Document letter) {
    return event("logged", letter.getDate("originalTimestamp"))
        .append("topic", letter.get("originalTopic"))
        .append("partition", letter.get("originalPartition"))
        .append("offset", letter.get("originalOffset"));
  }

  private Document stored(Document stored, String id) {
    Document event =
        new Document("event", "stored")
            .append("topic", topic)
            .append("partition", stored.get("partition"))
            .append("offset", stored.get("offset"));
    return stored.get("_id").equals(id) ? event : event.append("id", stored.get("_id"));
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
      long left = backlog.records();
      return nothing
          + (left == 0
              ? "Client B has read all there is: it was not accepted, or is for somebody else."
              : "Client B has %d records still to read: ask again in a moment.".formatted(left));
    } catch (KafkaException e) {
      return nothing + "How much is still to be read, Kafka does not say at the moment.";
    }
  }
}
