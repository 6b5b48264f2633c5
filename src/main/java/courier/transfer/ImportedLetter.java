package courier.transfer;

import courier.deadletter.State;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;

/** A dead letter as it is taken in again: what is in its lists is of the right types too. */
final class ImportedLetter {
  /** The others are of a replay that is under way, elsewhere. */
  private static final Set<String> AT_REST =
      Set.of(
          State.FAILED.text(), State.REPLAYED.text(), State.DISCARDED.text(), State.PARKED.text());

  private static final Set<String> UNDER_WAY = Set.of(State.QUEUED.text(), State.REPLAYING.text());

  private ImportedLetter() {}

  static Document of(Document line) throws WrongLine {
    Document letter = Importable.LETTER.check(line);
    String state = letter.getString("state");
    if (UNDER_WAY.contains(state)) {
      letter.append("state", State.FAILED.text());
    } else if (!AT_REST.contains(state)) {
      throw new WrongLine("has a `state` that there is not");
    }
    Object before = letter.get("discardedFrom");
    if (before != null && !AT_REST.contains(before)) {
      throw new WrongLine("has a `discardedFrom` that there is not");
    }
    for (Object header : letter.getList("headers", Object.class)) {
      require(
          header instanceof Document said
              && said.get("key") instanceof String
              && (said.get("value") == null || said.get("value") instanceof Binary),
          "headers");
    }
    List<Object> history = letter.getList("history", Object.class);
    require(!history.isEmpty(), "history");
    for (Object entry : history) {
      require(isDated(entry, "action"), "history");
    }
    for (Object note : letter.getList("notes", Object.class, List.of())) {
      require(isDated(note, "text"), "notes");
    }
    for (Object tag : letter.getList("tags", Object.class, List.of())) {
      require(tag instanceof String, "tags");
    }
    Object held = letter.get("held");
    require(
        held == null || held instanceof Document said && said.get("at") instanceof Date, "held");
    return letter;
  }

  private static boolean isDated(Object entry, String text) {
    return entry instanceof Document said
        && said.get("at") instanceof Date
        && said.get(text) instanceof String;
  }

  private static void require(boolean right, String member) throws WrongLine {
    if (!right) {
      throw new WrongLine("has `%s` that are not as an export has them".formatted(member));
    }
  }
}
