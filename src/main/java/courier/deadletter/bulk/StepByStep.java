package courier.deadletter.bulk;

import courier.deadletter.State;
import java.util.concurrent.ExecutionException;
import org.bson.Document;

/**
 * Lets a bulk replay that goes on in steps begin the next one only when it is known what came of
 * those before, and not too much of it failed again. What step it is in is written down, and the
 * rest counted, so that any instance goes on where another one has ended.
 */
final class StepByStep {
  /** Of a letter that waits no more. */
  private static final State[] BEGUN = {
    State.REPLAYING, State.REPLAYED, State.FAILED, State.PARKED, State.DISCARDED
  };

  /** Whether it is known what came of all that a replay has sent up to the end of a step. */
  interface Outcome {
    boolean isKnown(String replay, int step) throws ExecutionException, InterruptedException;
  }

  private final ActiveReplays replays;
  private final ReplayTally tally;
  private final Outcome outcome;

  StepByStep(ActiveReplays replays, ReplayTally tally, Outcome outcome) {
    this.replays = replays;
    this.tally = tally;
    this.outcome = outcome;
  }

  /**
   * How many more may be sent now. It may end the replay.
   *
   * @param owner who runs it
   */
  int open(Document replay, String owner) throws ExecutionException, InterruptedException {
    Steps steps = Steps.of(replay);
    if (steps.areDone(replay)) {
      return Integer.MAX_VALUE;
    }
    String id = replay.getString("_id");
    int all = steps.upToNow(replay);
    int begun = tally.atMost(all, id, BEGUN);
    if (begun < all && tally.atMost(1, id, State.QUEUED) > 0) {
      return all - begun;
    }
    if (tally.atMost(1, id, State.REPLAYING) == 0 && outcome.isKnown(id, Steps.done(replay))) {
      int failed = tally.atMost(all, id, State.FAILED, State.PARKED);
      if (steps.areTooMany(failed, begun)) {
        replays.end(id, steps.why(replay, failed, begun));
      } else {
        replays.next(replay, owner);
      }
    }
    return 0;
  }
}
