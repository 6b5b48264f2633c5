package courier.deadletter;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;

/** The states of a dead letter, and what each may become. */
public enum State {
  FAILED("It is open: replay it, or discard it."),
  QUEUED("It waits in a bulk replay: stop that, or wait for its turn."),
  /** Whether it was sent is known when it is the next state. */
  REPLAYING("It is being replayed at this moment."),
  REPLAYED("It was replayed, and has not failed since."),
  DISCARDED("It was discarded: undo that first."),
  PARKED("It has failed again after each replay there may be: discard it.");

  private final String advice;

  State(String advice) {
    this.advice = advice;
  }

  private Set<State> next() {
    return switch (this) {
      case FAILED -> EnumSet.of(QUEUED, REPLAYING, DISCARDED);
      case QUEUED -> EnumSet.of(REPLAYING, FAILED);
      case REPLAYING -> EnumSet.of(REPLAYED, FAILED, PARKED);
      case REPLAYED -> EnumSet.of(FAILED, PARKED);
      case DISCARDED -> EnumSet.of(FAILED, PARKED);
      case PARKED -> EnumSet.of(DISCARDED);
    };
  }

  boolean mayBecome(State state) {
    return next().contains(state);
  }

  /** What to do with one in this state, for people. */
  String advice() {
    return advice;
  }

  /** As it is stored and shown. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static State named(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The filter for those of a bulk replay that are in this state. */
  public Document of(String replay) {
    return new Document("replay", replay).append("state", text());
  }
}
