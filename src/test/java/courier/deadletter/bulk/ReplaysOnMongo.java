package courier.deadletter.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.MongoCollection;
import courier.deadletter.DeskFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Bulk replays on an embedded MongoDB, and letters for them. */
abstract class ReplaysOnMongo {
  static final int MOST = Integer.MAX_VALUE;

  @TempDir Path folder;
  DeskFixture fixture;
  BulkReplays bulk;
  ReplayQueue queue;
  ActiveReplays active;
  ReplayClaims claims;

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

  void fail(int letters) {
    fixture.index.write(
        LongStream.range(0, letters).mapToObj(i -> fixture.letter(i, "t1", List.of())).toList());
  }

  static BulkRequest all() {
    return new BulkRequest("anna", 100, new Document("sender", "anna"));
  }

  String start(int letters) {
    fail(letters);
    return bulk.start(all()).getString("_id");
  }

  /** {@code state total=queued+replayed+failed+discarded}. */
  String told(String id) {
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

  MongoCollection<Document> replays() {
    return fixture.mongo.client().getDatabase("courier").getCollection("dead-letter-replays");
  }
}
