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
import java.util.Objects;
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

  Place place() {
    return place;
  }

  /** Its place and what clients of {@code newMessage} get. */
  Announcement.Event announced() {
    return new Announcement.Event(place.partition(), place.offset(), event());
  }

  /** About how many characters its event has. */
  int length() {
    return ((String) get("message")).length() + 200;
  }

  /** What clients of {@code newMessage} get. */
  Map<String, String> event() {
    Map<String, String> event = new LinkedHashMap<>();
    event.put("_id", id());
    for (String member : List.of("from", "to", "message")) {
      event.put(member, (String) get(member));
    }
    event.put("createdAt", Rfc3339.format(createdAt));
    return event;
  }

  /**
   * The write that stores it once. The record's place is part of the filter: a record that comes
   * again matches itself, while another record with the same id is a duplicate key (E11000).
   */
  WriteModel<Document> upsert() {
    Document filter =
        new Document("_id", id())
            .append("partition", place.partition())
            .append("offset", place.offset())
            .append("topicId", place.topicId());
    return new ReplaceOneModel<>(filter, document(), UPSERT);
  }

  private Document document() {
    Document document = new Document("_id", id());
    forEach(document::putIfAbsent);
    document.remove("id");
    document.put("createdAt", Date.from(createdAt));
    document.put("partition", place.partition());
    document.put("offset", place.offset());
    document.put("topicId", place.topicId());
    return document;
  }

  /**
   * Whether a document with its id is of the same partition and offset: this record, or one of a
   * topic of the same name that was before.
   */
  boolean hasPlaceOf(Document stored) {
    return Objects.equals(stored.get("partition"), place.partition())
        && Objects.equals(stored.get("offset"), place.offset());
  }

  /** Whether a document of its partition and offset is this record; one without a log may be. */
  boolean isStoredAs(Document stored) {
    Object log = stored.get("topicId");
    return log == null ? isSameAs(stored) : log.equals(place.topicId());
  }

  /**
   * Adds the topic's id to an id that is only the record's place, which one of another topic of the
   * same name had before.
   *
   * @return false when it has an id of its own
   */
  boolean tellApart() {
    boolean derived = id().equals(place.toString());
    if (derived) {
      put("id", place + "-" + place.topicId());
    }
    return derived;
  }

  /** Whether a stored document says the same, whenever it was sent and wherever it is in Kafka. */
  boolean isSameAs(Document stored) {
    return content(stored).equals(content(document()));
  }

  private static BsonDocument content(Document document) {
    BsonDocument content = document.toBsonDocument();
    List.of("createdAt", "partition", "offset", "topicId").forEach(content::remove);
    return content;
  }

  boolean isStored() {
    return stored;
  }

  void stored() {
    stored = true;
  }
}
