package courier.chaos;

import courier.chaos.checker.Checker;
import courier.chaos.checker.Finding;
import courier.chaos.checker.History;
import courier.chaos.checker.Letter;
import courier.chaos.checker.Sent;
import courier.chaos.checker.Stored;
import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until all that was promised is there, or nothing more is to be expected. */
final class Settling {
  private static final Duration NO_PROGRESS = Duration.ofSeconds(60);

  private final Remains remains;
  private final Backlog backlog;
  private final Duration quiet;
  private List<Stored> stored;
  private List<Letter> letters = List.of();
  private String state = "";
  private long since = System.nanoTime();

  /**
   * @param quiet for how long nothing has to change when something is missing of which client B
   *     says that it is done
   */
  Settling(Remains remains, Backlog backlog, Duration quiet) {
    this.remains = remains;
    this.backlog = backlog;
    this.quiet = quiet;
  }

  /** Returns what is there in the end; {@code stored} is null, and a finding, when nobody tells. */
  History await(Ledger ledger) {
    Set<String> promised = new Sent(ledger.read()).promised();
    Awaitility.await()
        .forever()
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> isSettled(promised));
    if (stored == null) {
      ledger.write("run", What.NOT_READY, null, "what is stored cannot be read: " + state);
    }
    awaitPushes(ledger);
    ledger.write("run", What.ENDED, null, null);
    return new History(ledger.read(), stored, letters);
  }

  /** Some listeners may be on their way back; what they never get is a finding. */
  private void awaitPushes(Ledger ledger) {
    try {
      Awaitility.await()
          .atMost(NO_PROGRESS)
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () ->
                  stored == null
                      || Checker.check(new History(ledger.read(), stored, letters)).names().stream()
                          .noneMatch(Finding.LOST_PUSH::equals));
    } catch (ConditionTimeoutException e) {
      // said by the checker
    }
  }

  private boolean isSettled(Set<String> promised) throws InterruptedException {
    long left = -1;
    Set<String> missing = new HashSet<>(promised);
    String now;
    try {
      left = backlog.size();
      stored = remains.stored();
      letters = remains.letters();
      stored.forEach(message -> missing.remove(message.text()));
      letters.forEach(letter -> missing.remove(letter.text()));
      now = left + " to do, " + missing.size() + " missing";
    } catch (IOException | KafkaException e) {
      stored = null;
      now = e.toString();
    }
    if (!now.equals(state)) {
      state = now;
      since = System.nanoTime();
    }
    Duration unchanged = Duration.ofNanos(System.nanoTime() - since);
    return stored != null && left == 0 && missing.isEmpty()
        || stored != null && left == 0 && unchanged.compareTo(quiet) > 0
        || unchanged.compareTo(NO_PROGRESS) > 0;
  }
}
