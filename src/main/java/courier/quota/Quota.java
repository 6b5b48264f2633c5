package courier.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import courier.http.Refusal;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * How much a person may send: the one whom a message is from, which was checked before where people
 * are asked who they are. Each service counts for itself. A try counts, whatever comes of it later.
 */
public final class Quota {
  /** So many people are known at once; of more than that, the one longest silent begins anew. */
  private static final int MOST_PEOPLE = 100_000;

  private final long messagesPerSecond;
  private final long bytesPerDay;
  private final Clock clock;
  private final Cache<String, Spent> people =
      Caffeine.newBuilder()
          .maximumSize(MOST_PEOPLE)
          .expireAfterAccess(Duration.ofDays(1))
          .executor(Runnable::run)
          .build();

  /**
   * @param messagesPerSecond 0 is as many as come
   * @param bytesPerDay of the bodies, from midnight UTC on; 0 is as many as come
   */
  public Quota(long messagesPerSecond, long bytesPerDay) {
    this(messagesPerSecond, bytesPerDay, Clock.systemUTC());
  }

  Quota(long messagesPerSecond, long bytesPerDay, Clock clock) {
    this.messagesPerSecond = messagesPerSecond;
    this.bytesPerDay = bytesPerDay;
    this.clock = clock;
  }

  /**
   * Counts a message that was checked.
   *
   * @param sent as it came
   * @throws Refusal 429, saying when to come again
   */
  public void take(@Body JsonNode message, @Variable("sent") byte[] sent) {
    if (messagesPerSecond == 0 && bytesPerDay == 0) {
      return;
    }
    Spent spent = people.get(message.path("from").textValue(), name -> new Spent());
    synchronized (spent) {
      takeMessage(spent);
      takeBytes(spent, sent.length);
    }
  }

  private void takeMessage(Spent spent) {
    if (messagesPerSecond > 0 && !spent.takeMessage(messagesPerSecond)) {
      throw new Refusal(
          429,
          "You may send %d messages a second: send it again in a second."
              .formatted(messagesPerSecond),
          Duration.ofSeconds(1));
    }
  }

  private void takeBytes(Spent spent, int bytes) {
    if (bytesPerDay > 0 && !spent.takeBytes(bytes, bytesPerDay, clock.instant())) {
      Duration left = Spent.leftOfDay(clock.instant());
      throw new Refusal(
          429,
          "You may send %d bytes a day: send it again after midnight UTC, in %d s."
              .formatted(bytesPerDay, left.toSeconds()),
          left);
    }
  }

  /** How many people it knows. */
  long people() {
    people.cleanUp();
    return people.estimatedSize();
  }
}
