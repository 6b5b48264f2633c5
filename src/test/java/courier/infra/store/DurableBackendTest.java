package courier.infra.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableBackendTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  @TempDir Path directory;
  private MVStore store;
  private DurableBackend backend;

  @BeforeEach
  void open() {
    store =
        new MVStore.Builder()
            .fileName(directory.resolve("store").toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    store.setRetentionTime(0);
    backend = new DurableBackend(store);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private void run(String command, String field, Object value) {
    var query =
        new Document(command, "messages").append(field, value).append("cursor", new Document());
    backend.handleCommand(channel, "courier", command, query);
  }

  private void update(int number) {
    var change =
        new Document("q", new Document("_id", number % 100))
            .append("u", new Document("_id", number % 100).append("text", "x".repeat(300) + number))
            .append("upsert", true);
    run("update", "updates", List.of(change));
  }

  @Test
  void aWriteCommitsOnceAndAReadNever() {
    update(1);
    long version = store.getCurrentVersion();
    run("insert", "documents", List.of(new Document("_id", "a"), new Document("_id", "b")));
    assertEquals(version + 1, store.getCurrentVersion());
    run("find", "filter", new Document());
    run("count", "query", new Document());
    run("aggregate", "pipeline", List.of(new Document("$match", new Document())));
    assertEquals(version + 1, store.getCurrentVersion());
    run("aggregate", "pipeline", List.of(new Document("$out", "copy")));
    assertEquals(version + 2, store.getCurrentVersion());
  }

  @Test
  void aFileThatIsAlwaysRewrittenStopsGrowing() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      update(i);
    }
    long size = Files.size(directory.resolve("store"));
    for (int i = 0; i < 5_000; i++) {
      update(i);
      if (i % 500 == 0) {
        backend.tidy();
      }
    }
    long later = Files.size(directory.resolve("store"));
    assertTrue(later < 2 * size, "from " + size + " to " + later);
  }
}
