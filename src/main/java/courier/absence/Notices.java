package courier.absence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What is to be said in a turn, each claimed as it is asked for; few, as saying takes time. */
final class Notices implements Iterator<Absent> {
  private static final int MOST = 20;

  /** What is not said by then is said again. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  private final AwaitedReceipts awaited;
  private final StillAway away;
  private final Clock clock;
  private Optional<Absent> next = Optional.empty();
  private int claimed;

  Notices(AwaitedReceipts awaited, StillAway away, Clock clock) {
    this.awaited = awaited;
    this.away = away;
    this.clock = clock;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && claimed < MOST) {
      Instant now = clock.instant();
      Optional<String> id = awaited.claim(now, now.plus(CLAIM));
      if (id.isEmpty()) {
        return false;
      }
      claimed++;
      next = id.flatMap(this::ifStillAway);
    }
    return next.isPresent();
  }

  private Optional<Absent> ifStillAway(String id) {
    Optional<Absent> absent = Optional.ofNullable(away.among(List.of(id)).get(id));
    if (absent.isEmpty()) {
      awaited.drop(List.of(id), AwaitedReceipts.ASKED);
    }
    return absent;
  }

  @Override
  public Absent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Absent one = next.get();
    next = Optional.empty();
    return one;
  }
}
