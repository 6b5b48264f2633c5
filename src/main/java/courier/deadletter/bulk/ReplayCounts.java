package courier.deadletter.bulk;

import courier.deadletter.State;
import org.bson.Document;

/**
 * How many dead letters of a bulk replay are in which state. Those that it replayed and that
 * somebody replays once more by itself are not among them any more.
 */
record ReplayCounts(Document byState) {
  /** {@code total} is the sum of {@code queued, replayed, failed, discarded}. */
  Document appendTo(Document replay) {
    long queued = sum(State.QUEUED, State.REPLAYING);
    long replayed = sum(State.REPLAYED);
    long failed = sum(State.FAILED, State.PARKED);
    long discarded = sum(State.DISCARDED);
    return replay
        .append("total", queued + replayed + failed + discarded)
        .append("queued", queued)
        .append("replayed", replayed)
        .append("failed", failed)
        .append("discarded", discarded);
  }

  private long sum(State... states) {
    long sum = 0;
    for (State state : states) {
      sum += byState.get(state.text()) instanceof Number number ? number.longValue() : 0;
    }
    return sum;
  }
}
