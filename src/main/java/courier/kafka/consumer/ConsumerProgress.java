package courier.kafka.consumer;

import courier.failure.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one consumer gets on, whoever of its name reads at the moment. */
final class ConsumerProgress {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerProgress.class);

  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 5_000;
  private static final Duration LOG_AGAIN = Duration.ofMinutes(1);
  private static final int LONGEST_REASON = 500;

  private final String name;
  private final Duration patience;
  private int failures;
  private String reason;
  private String logged;
  private Instant loggedAt = Instant.EPOCH;
  private Instant failingSince;
  private Instant busySince;
  private Instant polledAt;

  ConsumerProgress(String name, Duration patience) {
    this.name = name;
    this.patience = patience;
  }

  /** It begins to read, or ends: then there is nothing to get on with. */
  synchronized void reads(boolean begins) {
    polledAt = begins ? Instant.now() : null;
    busySince = null;
  }

  synchronized void polled() {
    polledAt = Instant.now();
    busySince = null;
  }

  synchronized void busy() {
    busySince = Instant.now();
  }

  synchronized void gotOn() {
    if (logged != null) {
      LOG.info("{} gets on again", name);
    }
    idle();
  }

  /** Some of its partitions do, another one does not. */
  synchronized void someGotOn() {
    failures = 0;
  }

  /** There is nothing to do for it. */
  synchronized void idle() {
    failingSince = null;
    failures = 0;
    reason = null;
    logged = null;
  }

  /** Why the batch in hand, or a poll, comes to nothing. */
  synchronized void failed(Throwable failure) {
    reason = why(failure);
  }

  /**
   * It is going to be tried once more.
   *
   * @return milliseconds to wait before
   */
  synchronized int again() {
    if (reason == null) {
      reason = "its records were not committed";
    }
    if (failingSince == null) {
      failingSince = Instant.now();
    }
    if (!reason.equals(logged) || loggedAt.plus(LOG_AGAIN).isBefore(Instant.now())) {
      LOG.warn("{} tries again until it gets on: {}", name, reason);
      logged = reason;
      loggedAt = Instant.now();
    }
    return Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(failures++, 10));
  }

  synchronized boolean hasFailedForLong() {
    return isLong(failingSince);
  }

  private boolean isLong(Instant since) {
    return since != null && since.plus(patience).isBefore(Instant.now());
  }

  /** Why it does not get on, in a sentence, if it has not for a while. */
  synchronized Optional<String> trouble() {
    if (isLong(failingSince)) {
      return Optional.of("%s has not got on for %s: %s".formatted(name, age(failingSince), reason));
    }
    if (isLong(busySince)) {
      return Optional.of("%s has been at one batch for %s".formatted(name, age(busySince)));
    }
    if (busySince == null && isLong(polledAt)) {
      return Optional.of("%s has not read for %s: start again".formatted(name, age(polledAt)));
    }
    return Optional.empty();
  }

  private static String age(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds() + " s";
  }

  private static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    String why = cause.getClass().getSimpleName() + said.replaceAll("\\s+", " ");
    if (cause instanceof LinkageError) {
      why = "a library cannot be loaded, give -Djava.io.tmpdir a folder that may execute: " + why;
    }
    Optional<String> advice = Access.advice(failure);
    if (advice.isPresent()) {
      why = advice.get() + ": " + why;
    }
    return why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why;
  }
}
