package courier.infra;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.descending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in a process of its own, which is then killed without a warning. */
class EmbeddedMongoKillTest {
  private static final Bson NEWEST_FIRST = descending("number", "_id");

  @TempDir Path directory;
  private final InetSocketAddress address = RunningMongo.freeAddress();
  private Process server;

  /** Runs in the other process. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) {
      var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1]));
      new EmbeddedMongo(Path.of(args[0]), address).start(System.err::println);
      System.out.println("started");
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                directory.toString(),
                Integer.toString(address.getPort()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    do {
      line = server.inputReader().readLine();
      assertNotNull(line, "the server did not start");
    } while (!line.equals("started"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void aKillLosesNoWriteThatWasAcknowledged() throws Exception {
    try (var client = RunningMongo.client(address)) {
      RunningMongo.messages(client).createIndex(NEWEST_FIRST);
      RunningMongo.messages(client)
          .bulkWrite(
              IntStream.range(0, 500)
                  .mapToObj(i -> new InsertOneModel<>(new Document("_id", i).append("number", i)))
                  .toList());
      RunningMongo.messages(client).deleteOne(eq("_id", 0));
      RunningMongo.messages(client)
          .findOneAndUpdate(eq("_id", 1), new Document("$set", new Document("x", 1)));
      RunningMongo.messages(client)
          .replaceOne(eq("_id", 500), new Document(), new ReplaceOptions().upsert(true));
      server.destroyForcibly().waitFor();
    }
    try (var restarted = RunningMongo.start(directory, address)) {
      var messages = restarted.messages();
      assertEquals(500, messages.countDocuments());
      assertEquals(1, messages.find(eq("_id", 1)).first().get("x"));
      assertEquals(499, messages.find().sort(NEWEST_FIRST).first().get("_id"));
      assertEquals(2, messages.listIndexes().into(new ArrayList<>()).size());
    }
  }

  @Test
  void aKillInTheMiddleOfABulkLeavesDocumentsAndIndexesInAgreement() throws Exception {
    var acknowledged = new AtomicInteger();
    try (var client = RunningMongo.client(address)) {
      RunningMongo.messages(client).createIndex(NEWEST_FIRST);
      var bulks = new Thread(() -> insertUntilItFails(RunningMongo.messages(client), 500));
      bulks.start();
      // Each of these commits, most of them while a bulk is half done.
      var others = client.getDatabase("courier").getCollection("others");
      while (acknowledged.get() < 40) {
        others.insertOne(new Document("_id", acknowledged.getAndIncrement()));
      }
      server.destroyForcibly().waitFor();
      bulks.join();
    }
    try (var restarted = RunningMongo.start(directory, address)) {
      var others = restarted.client().getDatabase("courier").getCollection("others");
      assertEquals(acknowledged.get(), size(others.find()));
      var messages = restarted.messages();
      var stored = messages.distinct("_id", Integer.class).into(new ArrayList<>());
      assertEquals(stored.size(), size(messages.find().sort(NEWEST_FIRST)));
      assertEquals(stored.size(), size(messages.find(in("_id", stored))));
    }
  }

  private static int size(Iterable<Document> documents) {
    int size = 0;
    for (var document : documents) {
      assertNotNull(document);
      size++;
    }
    return size;
  }

  private static void insertUntilItFails(MongoCollection<Document> collection, int bulk) {
    try {
      for (int from = 0; ; from += bulk) {
        collection.insertMany(
            IntStream.range(from, from + bulk)
                .mapToObj(id -> new Document("_id", id).append("number", id))
                .toList());
      }
    } catch (MongoException killed) {
      // what the test waits for
    }
  }

  @Test
  void aFileInUseByAnotherProcessIsSaidSo() {
    var second = new EmbeddedMongo(directory, address);
    var message =
        assertThrows(IllegalStateException.class, () -> second.start(System.err::println))
            .getMessage();
    assertTrue(message.contains("data.dir"), message);
  }
}
