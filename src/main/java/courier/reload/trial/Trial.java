package courier.reload.trial;

import courier.failure.FailureKind;
import courier.http.Refusal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the first messages say of routes that were just saved. While it lasts, what fails there for
 * another reason than an outage is held back: neither dead-lettered nor lost, as if the store were
 * away. When it fails a second time it is not by chance, and the version before is to show whether
 * it does better ({@link #ofTheOneBefore}).
 */
public final class Trial {
  /** What fails may pass once, as a redelivery would show. */
  private static final int MOST_FAILURES = 2;

  /** From the first message on. */
  private static final long LENGTH = TimeUnit.MINUTES.toNanos(1);

  /** If none comes at all. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  private final LongSupplier nanos;
  private final Throwable expected;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong handled = new AtomicLong();
  private final long began;
  private volatile long firstAt;
  private volatile Throwable failure;
  private volatile boolean ended;

  /** Of a new version. */
  public Trial() {
    this(System::nanoTime, null);
  }

  Trial(LongSupplier nanos, Throwable expected) {
    this.nanos = nanos;
    this.expected = expected;
    began = nanos.getAsLong();
  }

  /** Whether the version before fails in the same way: it is left to, as ever. */
  public Trial ofTheOneBefore() {
    return new Trial(nanos, failure);
  }

  /** Whether messages are looked at still. */
  boolean isOn() {
    return !ended;
  }

  /** Whether it was long enough. */
  public boolean isOver() {
    long now = nanos.getAsLong();
    return ended || (firstAt == 0 ? now - began > PATIENCE : now - firstAt > LENGTH);
  }

  /** Nothing is held back any more. */
  public void end() {
    ended = true;
  }

  /** A step did what it should. */
  void well() {
    handled.incrementAndGet();
    begin();
  }

  /**
   * A step failed.
   *
   * @return what to fail with instead; none to leave it as it is
   */
  Optional<Throwable> failed(Throwable why) {
    begin();
    if (FailureKind.of(why) == FailureKind.OUTAGE || isRefusal(why)) {
      return Optional.empty();
    }
    if (expected == null) {
      failure = why;
      failures.incrementAndGet();
      return Optional.of(new OnTrialException(why));
    }
    if (root(why).getClass() == root(expected).getClass()) {
      failure = why;
      failures.set(MOST_FAILURES);
    }
    return Optional.empty();
  }

  private void begin() {
    if (firstAt == 0) {
      firstAt = Math.max(1, nanos.getAsLong());
    }
  }

  /** What somebody sent is refused: that is no failure of the routes. */
  private static boolean isRefusal(Throwable why) {
    return root(why) instanceof Refusal;
  }

  private static Throwable root(Throwable why) {
    Throwable root = why;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** Whether it fails, and not by chance; of the version before, whether it fails likewise. */
  public boolean hasFailed() {
    return failures.get() >= MOST_FAILURES;
  }

  /** The last one; null if there is none. */
  public Throwable failure() {
    return failure;
  }
}
