package courier.deadletter.bulk;

import courier.deadletter.Letter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Claimed letters, for as long as the claim is safely this instance's. What is left then is claimed
 * anew by whoever resumes replays.
 */
record ReplayTurn(List<Letter> letters, long until) implements Iterable<Letter> {
  /**
   * With the time that Kafka may take for the last record less than {@link ActiveReplays#LEASE}.
   */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /** None is an empty list, which a route can tell from others. */
  static Iterable<Letter> of(List<Letter> letters) {
    return letters.isEmpty()
        ? letters
        : new ReplayTurn(letters, System.nanoTime() + LONGEST.toNanos());
  }

  @Override
  public Iterator<Letter> iterator() {
    Iterator<Letter> all = letters.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext() && System.nanoTime() < until;
      }

      @Override
      public Letter next() {
        return all.next();
      }
    };
  }
}
