package courier.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a backend is away, and for how long. */
final class Outage {
  private final String backend;
  private final Duration patience;
  private boolean known;
  private Instant since;
  private boolean told;

  Outage(String backend, Duration patience) {
    this.backend = backend;
    this.patience = patience;
  }

  String id() {
    return "outage:" + backend;
  }

  /**
   * It is away now, or is not.
   *
   * @return whether it may have been before, and is not any more
   */
  boolean isOver(boolean away) {
    boolean over = !away && (!known || since != null);
    known = true;
    if (!away) {
      since = null;
      told = false;
    } else if (since == null) {
      since = Instant.now();
    }
    return over;
  }

  /** What is to be said once it lasts. */
  Optional<Alert> lasting() {
    boolean lasts = since != null && !Instant.now().isBefore(since.plus(patience));
    return lasts
        ? Optional.of(
            new Alert(id(), "outage", "%s does not answer since %s.".formatted(backend, since)))
        : Optional.empty();
  }

  /** The same, unless this instance has said it. */
  Optional<Alert> untold() {
    return told ? Optional.empty() : lasting();
  }

  void told() {
    told = true;
  }
}
