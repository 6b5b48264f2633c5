package courier.deadletter;

import java.util.Date;
import org.bson.Document;
import org.bson.types.Binary;

/** Who did what and when to a dead letter: entries {@code {at, action, by, detail, value}}. */
final class History {
  static final String FIELD = "history";

  /** Who acts when nobody does. */
  static final String COURIER = "courier";

  private History() {}

  static Document entry(String action, String by) {
    return new Document("at", new Date()).append("action", action).append("by", by);
  }

  /** Of a replay; with the value when it was not the original one. */
  static Document edited(String by, byte[] value) {
    return entry("edited", by).append("value", new Binary(value));
  }

  static Document push(Document entry) {
    return new Document(FIELD, entry);
  }
}
