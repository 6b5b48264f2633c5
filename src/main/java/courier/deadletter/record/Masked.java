package courier.deadletter.record;

import java.util.List;
import org.apache.camel.Exchange;
import org.bson.Document;

/**
 * What of the desk is only for who may see people's names and words; others are told the rest. It
 * is masked unless the variable {@code masked} says that it is not.
 */
public final class Masked {
  /** Why something failed often quotes it. */
  private static final List<String> LETTER =
      List.of("value", "edited", "key", "headers", "message", "sender", "replayBy", "notes");

  private static final String HELD = "held";
  private static final List<String> HOLD = List.of("by", "why");

  private static final List<String> ENTRY = List.of("by", "detail", "value");
  private static final List<String> REPLAY = List.of("by", "detail", "selection.sender");
  private static final String HISTORY = "history";

  private Masked() {}

  public static boolean is(Exchange exchange) {
    return !Boolean.FALSE.equals(exchange.getVariable("masked"));
  }

  /** Adds to a projection what is to be left out of a list of dead letters. */
  public static void leaveOut(Document projection) {
    LETTER.forEach(member -> projection.append(member, 0));
    ENTRY.forEach(member -> projection.append(HISTORY + "." + member, 0));
    HOLD.forEach(member -> projection.append(HELD + "." + member, 0));
  }

  /** The same of a list of bulk replays. */
  public static void leaveOutOfReplays(Document projection) {
    REPLAY.forEach(member -> projection.append(member, 0));
  }

  /** Takes it out of a dead letter, or of a group of them. */
  public static void letter(Document letter) {
    LETTER.forEach(letter::remove);
    if (letter.get(HELD) instanceof Document held) {
      HOLD.forEach(held::remove);
    }
    List<Document> history = letter.getList(HISTORY, Document.class);
    if (history != null) {
      history.forEach(entry -> ENTRY.forEach(entry::remove));
    }
  }

  /** Takes it out of a bulk replay. */
  public static void replay(Document replay) {
    REPLAY.forEach(replay::remove);
    if (replay.get("selection") instanceof Document selection) {
      selection.remove("sender");
    }
  }
}
