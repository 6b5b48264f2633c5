package courier.deadletter.bulk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import courier.deadletter.DeskFixture;
import courier.deadletter.Letter;
import courier.deadletter.Sending;
import courier.deadletter.State;
import courier.http.Refusal;
import java.nio.file.Path;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bulk replays: queued whole, each letter claimed once, and counts that add up. */
class BulkReplaysTest {
  private static final int MOST = Integer.MAX_VALUE;

  @TempDir Path folder;
  private DeskFixture fixture;
  private BulkReplays bulk;
  private ReplayQueue queue;
  private ActiveReplays active;
  private ReplayClaims claims;

  @BeforeEach
  void start() {
    fixture = new DeskFixture(folder);
    bulk = fixture.bulk;
    queue = fixture.queue;
    active = bulk.active();
    claims = bulk.claims();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void fail(int letters) {
    fixture.index.write(
        LongStream.range(0, letters).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
  }

  private static BulkRequest all() {
    return new BulkRequest("anna", 100, new Document("sender", "anna"));
  }

  private String start(int letters) {
    fail(letters);
    return bulk.start(all()).getString("_id");
  }

  /** {@code state total=queued+replayed+failed+discarded}. */
  private String told(String id) {
    Document told = bulk.now(id);
    long sum = 0;
    for (String part : List.of("queued", "replayed", "failed", "discarded")) {
      sum += told.getLong(part);
    }
    assertEquals(told.getLong("total"), sum);
    return "%s %d=%d+%d+%d+%d"
        .formatted(
            told.get("state"),
            told.getLong("total"),
            told.getLong("queued"),
            told.getLong("replayed"),
            told.getLong("failed"),
            told.getLong("discarded"));
  }

  @Test
  void itRunsOnlyWhenAllIsQueuedAndEndsOnlyWhenAllIsSent() {
    String id = start(1500);
    assertEquals("queueing 1000=1000+0+0+0", told(id));
    Document replay = active.take("runner");
    assertEquals("queueing", replay.get("state"));
    active.fill(replay, "runner", MOST);
    assertEquals("running 1500=1500+0+0+0", told(id));

    List<Letter> claimed = new ArrayList<>();
    for (List<Letter> some = claims.claim(id, 400); !some.isEmpty(); some = claims.claim(id, 400)) {
      claimed.addAll(some);
    }
    assertEquals(1500, claimed.size());
    assertFalse(active.endWhenDone(id), "all of it is on its way");
    claimed.subList(0, 3).forEach(fixture::notSent);
    fixture.sent(claimed.get(3));
    assertFalse(active.endWhenDone(id), "much of it still is");
    fixture.letters.updateMany(
        Filters.eq("state", State.REPLAYING.text()),
        new Document("$set", new Document("state", State.REPLAYED.text())));
    assertTrue(active.endWhenDone(id));
    assertEquals("done 1500=0+1497+3+0", told(id));
    assertNull(active.take("runner"));
  }

  @Test
  void whatAnInstanceHadNotQueuedWhenItEndedIsQueuedByAnother() {
    String id = start(1500);
    Document replay = active.take("first");
    assertNull(active.take("second"), "the first one has it");
    int[] chunks = {0};
    assertThrows(
        IllegalStateException.class,
        () ->
            queue.add(
                id,
                "anna",
                BulkRequest.filter(replay.get("selection", Document.class), fixture.targets),
                MOST,
                () -> {
                  if (chunks[0]++ == 0) {
                    throw new IllegalStateException("the instance ends here");
                  }
                  return true;
                }));
    replays().updateMany(new Document(), new Document("$set", new Document("lease", new Date(0))));
    active.fill(active.take("second"), "second", MOST);
    assertEquals("running 1500=1500+0+0+0", told(id));
    assertFalse(active.endWhenDone(id));
  }

  private com.mongodb.client.MongoCollection<Document> replays() {
    return fixture.mongo.client().getDatabase("courier").getCollection("dead-letter-replays");
  }

  @Test
  void oneThatIsStoppedWhileItQueuesLeavesNothingQueued() {
    String id = start(1500);
    Document replay = active.take("runner");
    bulk.stop(id);
    active.fill(replay, "runner", MOST);
    assertEquals("stopped 0=0+0+0+0", told(id));
    assertEquals(1500, fixture.letters.countDocuments(Filters.eq("state", State.FAILED.text())));
  }

  @Test
  void whatIsQueuedInOneThatHasEndedIsOpenAgain() {
    String id = start(5);
    replays()
        .updateOne(new Document("_id", id), new Document("$set", new Document("state", "done")));
    active.tidy();
    assertEquals(5, fixture.letters.countDocuments(Filters.eq("state", State.FAILED.text())));
  }

  @Test
  void aStopInTheMiddleOfWhichAnInstanceEndedIsFinished() {
    String id = start(5);
    Document stopping =
        new Document("state", "stopping").append("endedAt", new Date(0)).append("detail", "why");
    replays().updateOne(new Document("_id", id), new Document("$set", stopping));
    active.tidy();
    assertEquals("stopped 0=0+0+0+0", told(id));
    assertEquals("why", fixture.desk.find("client-messages-0-0").last().get("detail"));
  }

  @Test
  void aStopGivesBackWhatWaitsAndWhatIsOnItsWayGoesOn() {
    String id = start(5);
    Letter claimed = claims.claim(id, 1).get(0);
    bulk.stop(id);
    assertEquals("stopped 1=1+0+0+0", told(id));
    fixture.sent(claimed);
    assertEquals("stopped 1=0+1+0+0", told(id));
    assertThrows(Refusal.class, () -> bulk.stop(id));
    assertEquals(List.of(), claims.claim(id, 5));
  }

  @Test
  void aLetterThatIsReplayedByItselfLaterCountsForTheOldOneNoMore() {
    String id = start(2);
    for (Letter letter : claims.claim(id, 2)) {
      fixture.sent(letter);
      fixture.failAgain(letter);
    }
    assertEquals("running 2=0+0+2+0", told(id));
    fixture.sent(fixture.replay("client-messages-0-0"));
    assertEquals("running 1=0+0+1+0", told(id));
    fixture.desk.discard(DeskFixture.by("client-messages-0-1"));
    assertEquals("running 1=0+0+0+1", told(id));
  }

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
  void aStopAgainstAClaimLeavesEachLetterToOneOfThem() throws Exception {
    String id = start(300);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Future<List<Letter>> claiming = both.submit(() -> claims.claim(id, 150));
      Future<Document> stopping = both.submit(() -> bulk.stop(id));
      int claimed = claiming.get().size();
      stopping.get();
      assertEquals("stopped %d=%d+0+0+0".formatted(claimed, claimed), told(id));
    } finally {
      both.shutdown();
    }
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

  @Test
  void itSaysWhyNothingIsSelected() {
    assertEquals(404, refusal().problem().status());
    fail(2);
    fixture.letters.updateMany(
        new Document(), new Document("$set", new Document("originalTopic", "payments")));
    assertTrue(refusal().getMessage().contains("topics.replay-to"), refusal().getMessage());
    assertEquals(409, refusal().problem().status());
    assertEquals(0, replays().countDocuments());
    IntStream.range(0, 2)
        .forEach(i -> fixture.desk.discard(DeskFixture.by("client-messages-0-" + i)));
    assertEquals(404, refusal().problem().status());
  }

  private Refusal refusal() {
    return assertThrows(Refusal.class, () -> bulk.start(all()));
  }
}
