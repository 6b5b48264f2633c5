package courier.deadletter;

import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** Who did what and when to a dead letter: entries {@code {at, action, by, detail, value}}. */
public final class LetterHistory {
  static final String FIELD = "history";

  /** Who acts when nobody does. */
  public static final String COURIER = "courier";

  /** The last entries are kept, or a stranger could fill a document with them. */
  private static final int MOST = 50;

  private LetterHistory() {}

  public static Document entry(String action, String by) {
    return new Document("at", new Date()).append("action", action).append("by", by);
  }

  /** Of a replay; with the value when it was not the original one. */
  static Document edited(String by, byte[] value) {
    return entry("edited", by).append("value", new Binary(value));
  }

  public static Document push(Document... entries) {
    return new Document(FIELD, last(List.of(entries), MOST));
  }

  /** Appends these, and keeps so many of the last ones. */
  static Document last(List<?> added, int kept) {
    return new Document("$each", added).append("$slice", -kept);
  }
}
