package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.deadletter.DeskFixture;
import courier.deadletter.Letter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bulk replay in growing steps goes on by what came of those before. */
class StepByStepTest {
  private static final String RUNNER = "runner";

  @TempDir Path folder;
  private DeskFixture fixture;
  private boolean known;
  private String id;

  @BeforeEach
  void start() {
    fixture = new DeskFixture(folder);
    fixture.index.write(
        LongStream.range(0, 20).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
    Document all = new Document("sender", "anna");
    Steps steps = new Steps(List.of(1, 5), 0.2);
    id = fixture.bulk.start(new BulkRequest("anna", 100, all, steps)).getString("_id");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** How many may be sent, by who has just come to run it, and knows nothing yet. */
  private int open() throws Exception {
    StepByStep steps =
        new StepByStep(fixture.bulk.active(), fixture.bulk.tally(), (replay, step) -> known);
    return steps.open(fixture.bulk.active().take(RUNNER), RUNNER);
  }

  private List<Letter> send(int most) {
    List<Letter> claimed = fixture.bulk.claims().claim(id, most);
    claimed.forEach(fixture::sent);
    return claimed;
  }

  private void goOn() throws Exception {
    known = true;
    assertEquals(0, open());
    known = false;
  }

  @Test
  void eachStepWaitsUntilItIsKnownWhatCameOfTheOneBefore() throws Exception {
    assertEquals(1, open());
    send(1);
    assertEquals(0, open());
    assertEquals(0, open());
    goOn();
    assertEquals(5, open());
    List<Letter> claimed = fixture.bulk.claims().claim(id, 2); // and here the instance ends
    assertEquals(3, open());
    send(3);
    known = true;
    assertEquals(0, open());
    assertEquals(1, fixture.bulk.now(id).get("stepsDone"), "two of it are on their way");
    claimed.forEach(fixture::sent);
    fixture.failAgain(claimed.get(0)); // one of six
    goOn();
    assertEquals(2, fixture.bulk.now(id).get("stepsDone"));
    assertEquals(Integer.MAX_VALUE, open());
    assertEquals("running", fixture.bulk.now(id).get("state"));
  }

  @Test
  void itStopsAndSaysWhyWhenTooMuchOfItFailedAgain() throws Exception {
    send(1);
    goOn();
    List<Letter> sent = send(5);
    fixture.failAgain(sent.get(0));
    fixture.failAgain(sent.get(1));
    assertEquals(0, open());
    assertEquals("running", fixture.bulk.now(id).get("state"), "more may fail");
    goOn();
    Document stopped = fixture.bulk.now(id);
    assertEquals("stopped", stopped.get("state"));
    assertEquals("stopped by itself after step 2 of 3: 2 of 6 failed again", stopped.get("detail"));
    assertEquals(0L, stopped.get("queued"));
    assertEquals(6L, stopped.get("total"));
  }

  @Test
  void aStepThatIsMoreThanThereIsEndsToo() throws Exception {
    send(1);
    goOn();
    fixture.letters.updateMany(
        new Document("state", "queued"), new Document("$set", new Document("state", "discarded")));
    assertEquals(0, open());
    goOn();
    assertEquals(Integer.MAX_VALUE, open());
  }
}
