package courier.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.MongoCollection;
import courier.infra.RunningMongo;
import courier.mongodb.MongoIndexes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;
  private RunningMongo mongo;
  private MongoCollection<Document> messages;

  @BeforeEach
  void start() {
    mongo = RunningMongo.start(folder);
    MongoIndexes.make(mongo.client().getDatabase("courier"));
    messages = mongo.messages();
    IntStream.range(0, 1200).forEach(i -> add("old" + i, NOW.minus(Duration.ofDays(91))));
    add("just", NOW.minus(Duration.ofDays(90)));
    add("new", NOW);
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  private void add(String id, Instant createdAt) {
    messages.insertOne(
        new Document("_id", id)
            .append("createdAt", Date.from(createdAt))
            .append("partition", 0)
            .append("offset", 1L));
  }

  private void forget(String keep) {
    new OldMessages(mongo.client(), "courier", keep, Clock.fixed(NOW, ZoneOffset.UTC)).forget();
  }

  @Test
  void deletesWhatIsOlderThanItIsKeptAndAllOfThat() {
    forget("0");
    assertEquals(1202, messages.countDocuments());

    forget("90d");
    assertEquals(2, messages.countDocuments());
  }
}
