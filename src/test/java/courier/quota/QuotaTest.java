package courier.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import courier.http.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private Instant now = Instant.parse("2026-11-26T23:59:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private static void send(Quota quota, String from, int bytes) {
    quota.take(JsonNodeFactory.instance.objectNode().put("from", from), new byte[bytes]);
  }

  @Test
  void isWithoutAnEndUnlessItIsSet() {
    Quota quota = new Quota(0, 0);
    IntStream.range(0, 10_000).forEach(i -> send(quota, "anna", 60_000));
    assertEquals(0, quota.people());
  }

  @Test
  void givesEachPersonTheirMessagesOfASecond() {
    Quota quota = new Quota(3, 0, clock);
    IntStream.range(0, 3).forEach(i -> send(quota, "anna", 1));

    Refusal refusal = assertThrows(Refusal.class, () -> send(quota, "anna", 1));

    assertEquals(429, refusal.problem().status());
    assertTrue(refusal.getMessage().contains("3 messages a second"), refusal.getMessage());
    send(quota, "bert", 1);
  }

  @Test
  void givesTheBytesOfADayAgainAfterMidnight() {
    Quota quota = new Quota(0, 100, clock);
    send(quota, "anna", 90);

    Refusal refusal = assertThrows(Refusal.class, () -> send(quota, "anna", 11));
    assertTrue(refusal.getMessage().endsWith("after midnight UTC, in 61 s."), refusal.getMessage());
    send(quota, "anna", 10); // what was refused was not spent

    now = now.plus(Duration.ofMinutes(1));
    send(quota, "anna", 100);
  }

  @Test
  void knowsNoMorePeopleThanItMay() {
    Quota quota = new Quota(1, 0, clock);
    IntStream.range(0, 150_000).forEach(i -> send(quota, "person" + i, 1));
    assertTrue(quota.people() <= 100_000, () -> quota.people() + " people");
  }
}
