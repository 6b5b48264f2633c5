package courier.deadletter.bulk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import courier.deadletter.Letter;
import courier.deadletter.Sending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Each letter of a bulk replay is claimed once, and taken up again when it is left behind. */
class ReplayClaimsTest extends ReplaysOnMongo {
  @Test
  void twoRunnersClaimEachLetterOnce() throws Exception {
    String id = start(600);
    ExecutorService runners = Executors.newFixedThreadPool(2);
    try {
      Callable<List<String>> runner =
          () -> {
            List<String> mine = new ArrayList<>();
            for (List<Letter> some = claims.claim(id, 20);
                !some.isEmpty();
                some = claims.claim(id, 20)) {
              some.forEach(letter -> mine.add(letter.id()));
            }
            return mine;
          };
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> one : runners.invokeAll(List.of(runner, runner))) {
        claimed.addAll(one.get());
      }
      claimed.addAll(claims.claim(id, 600).stream().map(Letter::id).toList());
      assertEquals(600, claimed.size());
      assertEquals(600, Set.copyOf(claimed).size());
    } finally {
      runners.shutdown();
    }
  }

  @Test
  void whatIsOnHoldIsClaimedByNoRunner() {
    String id = start(3);
    fixture.letters.updateOne(
        new Document("_id", "client-messages-0-1"),
        new Document("$set", new Document("held", new Document("at", new Date()))));
    assertEquals(2, claims.claim(id, 10).size());
  }

  @Test
  void whatIsLeftBehindIsTakenUpOnceTheLongestWaitingFirstAndIsTheSameReplay() {
    String id = start(3);
    Letter first = claims.claim(id, 1).get(0);
    Instant between = Instant.now().plusMillis(1);
    assertEquals(List.of(), claims.leftBehind(Instant.now().minusSeconds(20), 10));
    Letter again = claims.leftBehind(between.plusSeconds(1), 10).get(0);
    assertEquals(first.id(), again.id());
    assertEquals(first.claim(), again.claim());
    assertEquals(first.replays(), again.replays());

    // What Kafka did not take goes behind all others.
    claims.claim(id, 2);
    long claimed = System.currentTimeMillis();
    await().pollDelay(Duration.ZERO).until(() -> System.currentTimeMillis() > claimed);
    fixture.desk.settle(new Sending(again, new IllegalStateException("not now"), false));
    List<Letter> left = claims.leftBehind(Instant.now().plusSeconds(1), 2);
    assertFalse(left.stream().map(Letter::id).toList().contains(first.id()), left::toString);
  }

  @Test
  void itTakesNoMoreIntoMemoryThanItsBytes() {
    String id = start(5);
    fixture.letters.updateMany(
        new Document(), new Document("$set", new Document("size", 6 * 1024 * 1024)));
    assertEquals(2, claims.claim(id, 5).size());
  }

  @Test
  void eachReplayHasAClaimOfItsOwn() {
    String id = start(50);
    Set<String> secrets = new HashSet<>();
    claims.claim(id, 50).forEach(letter -> secrets.add(letter.claim()));
    assertEquals(50, secrets.size());
    Letter one = fixture.desk.find("client-messages-0-0");
    fixture.failAgain(one);
    assertNotEquals(one.claim(), fixture.replay(one.id()).claim());
  }
}
