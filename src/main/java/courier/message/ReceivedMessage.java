package courier.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.WriteModel;
import courier.failure.PoisonException;
import courier.kafka.Place;
import courier.message.refused.RefusedByStoreException;
import courier.message.refused.RefusedRecord;
import courier.mongodb.OtherMembers;
import courier.mongodb.Rfc3339;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Message;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;

/**
 * A message as client B got it: the JSON object's members by name, {@code id} and {@code createdAt}
 * always among them, so that a route says {@code ${body[to]}}.
 */
public final class ReceivedMessage extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MESSAGE = Set.of("id", "from", "to", "message", "createdAt");

  /** MongoDB's own limit. */
  private static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

  /** Bytes of JSON that are no more than that in BSON, whatever they say. */
  private static final int SURELY_FITS = 1024 * 1024;

  private static final DocumentCodec CODEC = new DocumentCodec();

  private final transient Message record;
  private final transient Place place;
  private final Instant createdAt;

  ReceivedMessage(Map<String, Object> members, Instant createdAt, Message record) {
    super(members);
    this.createdAt = createdAt;
    this.record = record;
    this.place = Place.of(record);
  }

  static void checkSize(int bytes) throws RefusedByStoreException {
    if (bytes > LARGEST_DOCUMENT) {
      throw new RefusedByStoreException(
          "it has %d bytes, of which a document may have %d".formatted(bytes, LARGEST_DOCUMENT));
    }
  }

  /** The Kafka record it came in, bytes and headers untouched. */
  public Message record() {
    return record;
  }

  RefusedRecord refused(PoisonException reason) {
    return new RefusedRecord(record, reason, "store-messages");
  }

  public String id() {
    return (String) get("id");
  }

  Place place() {
    return place;
  }

  /** Whose clients get it, and what of it. */
  Announcement.Event announced() throws JsonProcessingException {
    return new Announcement.Event(
        place.offset(), (String) get("to"), JSON.writeValueAsString(event()));
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
   * The write that stores it once: a record that comes again is a duplicate key (E11000), as is
   * another one with the same id.
   *
   * @throws RefusedByStoreException when it is too large for MongoDB
   */
  WriteModel<Document> insert() throws RefusedByStoreException {
    Document document = document();
    if (record.getBody(byte[].class).length > SURELY_FITS) {
      checkSize(new RawBsonDocument(document, CODEC).getByteBuffer().remaining());
    }
    return new InsertOneModel<>(document);
  }

  private Document document() {
    Document document =
        new Document("_id", id())
            .append("from", get("from"))
            .append("to", get("to"))
            .append("message", get("message"))
            .append("createdAt", Date.from(createdAt))
            .append("partition", place.partition())
            .append("offset", place.offset())
            .append("topicId", place.topicId());
    if (size() > MESSAGE.size() || !MESSAGE.containsAll(keySet())) {
      Map<String, Object> others = new LinkedHashMap<>(this);
      others.keySet().removeAll(MESSAGE);
      OtherMembers.put(others, document);
    }
    return document;
  }

  /**
   * Whether a document with its id is of the same partition and offset: this record, or one of a
   * topic of the same name that was before.
   */
  boolean hasPlaceOf(Document stored) {
    return Objects.equals(stored.get("partition"), place.partition())
        && stored.get("offset") instanceof Number offset
        && offset.longValue() == place.offset();
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
}
