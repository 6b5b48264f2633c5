package courier.quota;

import courier.socketio.guard.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What somebody has sent. Its caller sees to it that threads take turns. */
final class Spent {
  private TokenBucket messages;
  private Instant day = Instant.EPOCH;
  private long bytes;

  boolean takeMessage(long perSecond) {
    if (messages == null) {
      messages = new TokenBucket((int) perSecond);
    }
    return messages.take();
  }

  /** What is refused is not spent, so that a shorter one may still fit. */
  boolean takeBytes(int more, long perDay, Instant now) {
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    if (!today.equals(day)) {
      day = today;
      bytes = 0;
    }
    if (more > perDay - bytes) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** In whole seconds, and at least one. */
  static Duration leftOfDay(Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    return Duration.between(now, end).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
  }
}
