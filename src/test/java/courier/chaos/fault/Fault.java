package courier.chaos.fault;

import java.util.Locale;

/**
 * A fault to come.
 *
 * @param at when it begins, in milliseconds of the run
 * @param target a part, a link ({@code client-b~mongodb}), the topic, or a route file
 * @param length how long it lasts in milliseconds; of poison how many, of a save which one
 * @param delay of a delay how many milliseconds each way
 */
public record Fault(long at, Kind kind, String target, int length, int delay) {
  enum Kind {
    KILL,
    PAUSE,
    /** A pause of a client B: its group goes on without it, and then it is back. */
    HANG,
    DELAY,
    CUT,
    /** Nothing gets through, and neither side is told. */
    BLACK_HOLE,
    /** Each write fails as a whole. */
    REFUSE_WRITES,
    /** Of each write some documents fail. */
    FAIL_DOCUMENTS,
    POISON,
    /** A route file of every client B is saved. */
    SAVE,
    /** One is broken, and as it was again after a while. */
    BREAK,
    /** One is gone for a while. */
    DELETE
  }

  @Override
  public String toString() {
    String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + target;
    return switch (kind) {
      case POISON -> what + " with " + length + " records";
      case DELAY -> what + " by " + delay + " ms for " + length + " ms";
      case SAVE -> what + " as edit " + length;
      default -> what + " for " + length + " ms";
    };
  }
}
