package courier.deadletter.bulk;

import java.util.List;
import org.bson.Document;

/**
 * In which growing steps a bulk replay goes on. The last one is all the rest.
 *
 * @param sizes how many letters each of the others has; empty when all goes at once
 * @param maxFailedShare from 0 to 1: it goes on while no more than this share of what it replayed
 *     has failed again
 */
record Steps(List<Integer> sizes, double maxFailedShare) {
  static final Steps NONE = new Steps(List.of(), 1);

  private static final String DONE = "stepsDone";

  static Steps of(Document replay) {
    List<Integer> sizes = replay.getList("steps", Integer.class, List.of());
    return sizes.isEmpty() ? NONE : new Steps(sizes, replay.getDouble("maxFailedShare"));
  }

  void appendTo(Document replay) {
    if (!sizes.isEmpty()) {
      replay.append("steps", sizes).append("maxFailedShare", maxFailedShare).append(DONE, 0);
    }
  }

  /** How many of them are done. */
  static int done(Document replay) {
    return replay.getInteger(DONE, 0);
  }

  /** Whether only the rest is left. */
  boolean areDone(Document replay) {
    return done(replay) >= sizes.size();
  }

  /** How many letters this step and all before have together. */
  int upToNow(Document replay) {
    return sizes.subList(0, done(replay) + 1).stream().mapToInt(Integer::intValue).sum();
  }

  boolean areTooMany(int failed, int begun) {
    return failed > maxFailedShare * begun;
  }

  /** Why it does not go on, for people. */
  String why(Document replay, int failed, int begun) {
    return "stopped by itself after step %d of %d: %d of %d failed again"
        .formatted(done(replay) + 1, sizes.size() + 1, failed, begun);
  }
}
