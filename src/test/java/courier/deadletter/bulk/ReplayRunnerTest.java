package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import courier.deadletter.DeskFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayRunnerTest {
  /** More than are queued before the request is answered, so that the runner has to. */
  private static final int MANY = 1001;

  @Test
  void restsUntilAReplayIsStarted(@TempDir Path folder) throws Exception {
    try (DeskFixture fixture = new DeskFixture(folder)) {
      ReplayRunner runner =
          new ReplayRunner(fixture.bulk, null, "client-messages", "client-b", "dead-letters", 10);
      fixture.index.write(
          LongStream.range(0, MANY)
              .mapToObj(offset -> fixture.letter(offset, "t1", List.of()))
              .toList());
      assertFalse(runner.due().iterator().hasNext());
      Document request = new Document("sender", "anna");
      String id = fixture.bulk.start(new BulkRequest("anna", 100, request)).getString("_id");

      runner.due();
      assertEquals("queueing", fixture.bulk.now(id).get("state"));

      runner.wake();
      runner.due();
      assertEquals("running", fixture.bulk.now(id).get("state"));
    }
  }
}
