package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.client.model.Filters;
import courier.deadletter.Letter;
import courier.deadletter.State;
import courier.http.Refusal;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A bulk replay that is stopped gives back what waits, whoever ends in the middle of it. */
class StoppedReplayTest extends ReplaysOnMongo {
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
}
