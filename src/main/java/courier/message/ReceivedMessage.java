package courier.message;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.bson.Document;

/**
 * A message as client B got it: the JSON object's members by name, {@code id} and {@code createdAt}
 * always among them, so that a route says {@code ${body[to]}}.
 */
public final class ReceivedMessage extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1L;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final transient Message record;
  private final int partition;
  private final long offset;
  private final Instant createdAt;

  ReceivedMessage(
      Map<String, Object> members, Instant createdAt, Message record, int partition, long offset) {
    super(members);
    this.createdAt = createdAt;
    this.record = record;
    this.partition = partition;
    this.offset = offset;
  }

  /** The Kafka record it came in, bytes and headers untouched. */
  public Message record() {
    return record;
  }

  public String id() {
    return (String) get("id");
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
    Document document = new Document("_id", id());
    forEach(document::putIfAbsent);
    document.remove("id");
    document.put("createdAt", Date.from(createdAt));
    document.put("partition", partition);
    document.put("offset", offset);
    Document filter =
        new Document("_id", id()).append("partition", partition).append("offset", offset);
    return new ReplaceOneModel<>(filter, document, UPSERT);
  }
}
