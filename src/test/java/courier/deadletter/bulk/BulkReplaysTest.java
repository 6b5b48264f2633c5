package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import courier.deadletter.DeskFixture;
import courier.deadletter.Letter;
import courier.deadletter.State;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Bulk replays: queued whole, ended when all is sent, and counts that add up. */
class BulkReplaysTest extends ReplaysOnMongo {
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

  @Test
  void whatIsQueuedInOneThatHasEndedIsOpenAgain() {
    String id = start(5);
    replays()
        .updateOne(new Document("_id", id), new Document("$set", new Document("state", "done")));
    active.tidy();
    assertEquals(5, fixture.letters.countDocuments(Filters.eq("state", State.FAILED.text())));
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
