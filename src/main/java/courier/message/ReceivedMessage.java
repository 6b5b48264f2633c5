package courier.message;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import courier.kafka.Place;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.bson.BsonDocument;
import org.bson.Document;

/**
 * A message as client B got it: the JSON object's members by name, {@code id} and {@code createdAt}
 * always among them, so that a route says {@code ${body[to]}}.
 */
public final class ReceivedMessage extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1L;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final transient Message record;
  private final transient Place place;
  private final Instant createdAt;
  private boolean stored;

  ReceivedMessage(Map<String, Object> members, Instant createdAt, Message record) {
    super(members);
    this.createdAt = createdAt;
    this.record = record;
    this.place = Place.of(record);
  }

  /** The Kafka record it came in, bytes and headers untouched. */
  public Message record() {
    return record;
  }

  public String id() {
    return (String) get("id");
  }

  /** Its position and what clients of {@code newMessage} get. */
  List<Object> positioned() {
    return List.of(place.partition(), place.offset(), event());
  }

  /** About how many characters its event has. */
  int length() {
    return ((String) get("message")).length() + 200;
  }

  /** What clients of {@code newMessage} get. */
  Map<String, Object> event() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("_id", id());
    event.put("from", get("from"));
    event.put("to", get("to"));
    event.put("message", get("message"));
    event.put("createdAt", Rfc3339.format(createdAt));
    return event;
  }

  /**
   * The write that stores it once. The record's position is part of the filter: a record that comes
   * again matches itself, while another record with the same id is a duplicate key (E11000).
   */
  WriteModel<Document> upsert() {
    Document filter =
        new Document("_id", id())
            .append("partition", place.partition())
            .append("offset", place.offset());
    return new ReplaceOneModel<>(filter, document(), UPSERT);
  }

  private Document document() {
    Document document = new Document("_id", id());
    forEach(document::putIfAbsent);
    document.remove("id");
    document.put("createdAt", Date.from(createdAt));
    document.put("partition", place.partition());
    document.put("offset", place.offset());
    return document;
  }

  /** Whether a stored document says the same, whenever it was sent and wherever it is in Kafka. */
  boolean isSameAs(Document stored) {
    return content(stored).equals(content(document()));
  }

  private static BsonDocument content(Document document) {
    BsonDocument content = document.toBsonDocument();
    List.of("createdAt", "partition", "offset").forEach(content::remove);
    return content;
  }

  boolean isStored() {
    return stored;
  }

  void stored() {
    stored = true;
  }
}
