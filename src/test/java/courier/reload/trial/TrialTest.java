package courier.reload.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.failure.FailureKind;
import courier.http.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TrialTest {
  private final AtomicLong nanos = new AtomicLong(1);
  private final Trial trial = new Trial(nanos::get, null);

  private void after(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void lastsForAMinuteFromItsFirstMessage() {
    after(Duration.ofMinutes(5));
    trial.well();
    after(Duration.ofSeconds(59));
    assertFalse(trial.isOver());
    after(Duration.ofSeconds(2));
    assertTrue(trial.isOver());
  }

  @Test
  void endsWithoutAMessageToo() {
    after(Duration.ofMinutes(11));
    assertTrue(trial.isOver());
  }

  @Test
  void holdsBackWhatFailsAndHasFailedTheSecondTime() {
    Optional<Throwable> first = trial.failed(new IllegalStateException("no luck"));
    assertEquals(FailureKind.OUTAGE, FailureKind.of(first.orElseThrow()));
    assertFalse(trial.hasFailed());
    trial.failed(new IllegalStateException("no luck"));
    assertTrue(trial.hasFailed());
  }

  @Test
  void anOutageAndARefusalAreNoFailure() {
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), trial.failed(new TimeoutException("away")));
      assertEquals(Optional.empty(), trial.failed(new Refusal(400, "no")));
    }
    assertFalse(trial.hasFailed());
  }

  @Test
  void theVersionBeforeHasFailedOnlyInTheSameWayAndIsLeftTo() {
    trial.failed(new IllegalStateException("no luck"));
    Trial before = trial.ofTheOneBefore();

    assertEquals(Optional.empty(), before.failed(new IllegalArgumentException("other")));
    assertFalse(before.hasFailed());
    assertEquals(Optional.empty(), before.failed(new IllegalStateException("once more")));
    assertTrue(before.hasFailed());
  }
}
