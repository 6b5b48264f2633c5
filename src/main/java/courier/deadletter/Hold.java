package courier.deadletter;

import courier.http.Refusal;
import courier.mongodb.Rfc3339;
import java.util.Date;
import org.bson.Document;

/**
 * What somebody holds back until it is looked at: {@code held: {at, by, why, group}} of a dead
 * letter. No replay takes it, and nobody discards it.
 *
 * @param document {@code group} is true of one that is held with all of its group
 */
public record Hold(Document document) {
  public static final String FIELD = "held";

  /** By which one is told from the next. */
  static final String SINCE = FIELD + ".at";

  /** Whether its group holds it. */
  public static final String OF_GROUP = FIELD + ".group";

  /**
   * @param held a letter or a group
   * @return null when it is not
   */
  public static Hold of(Document held) {
    return held.get(FIELD) instanceof Document hold ? new Hold(hold) : null;
  }

  /** Has a filter find only what is not held. */
  public static Document none(Document filter) {
    return filter.append(FIELD, null);
  }

  /**
   * Has a filter find what is held, or what is not.
   *
   * @param asked null for both
   * @throws Refusal 400
   */
  static void select(String asked, Document filter) {
    if ("true".equals(asked)) {
      filter.append(FIELD, new Document("$ne", null));
    } else if ("false".equals(asked)) {
      none(filter);
    } else if (asked != null) {
      throw new Refusal(FIELD, "must be true or false");
    }
  }

  /**
   * @throws Refusal 409 when there is one
   */
  public static void requireNone(Letter letter) {
    if (letter.hold() != null) {
      throw new Refusal(409, letter.hold().advice());
    }
  }

  public Date since() {
    return document.getDate("at");
  }

  /** What to do first, for people. */
  public String advice() {
    String why = document.getString("why");
    return "It is on hold%s: release it first. (held by %s at %s%s)"
        .formatted(
            isOfGroup() ? " with its group" : "",
            document.get("by"),
            Rfc3339.format(since().toInstant()),
            why == null ? "" : ": " + why);
  }

  public boolean isOfGroup() {
    return Boolean.TRUE.equals(document.get("group"));
  }
}
