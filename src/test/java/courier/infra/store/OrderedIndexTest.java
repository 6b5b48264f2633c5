package courier.infra.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static courier.infra.RunningMongo.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.infra.RunningMongo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedIndexTest {
  private static final Bson NEWEST_FIRST = descending("createdAt", "offset", "_id");

  @TempDir Path directory;
  private RunningMongo server;

  @BeforeEach
  void start() {
    server = RunningMongo.start(directory);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static List<Object> ids(Iterable<Document> documents) {
    return StreamSupport.stream(documents.spliterator(), false).map(d -> d.get("_id")).toList();
  }

  private void insert(int from, int to) {
    server
        .messages()
        .insertMany(IntStream.range(from, to).mapToObj(i -> message("m" + i, i % 3, i)).toList());
  }

  @Test
  void anIndexKeepsPagesNewestFirstHoweverItIsWritten() {
    insert(0, 100); // before the index is there, and after
    server.messages().createIndex(NEWEST_FIRST);
    insert(100, 500);
    server.messages().deleteOne(eq("_id", "m400"));
    server.messages().updateOne(eq("_id", "m5"), new Document("$set", message("m5", 0, 999_999)));
    var expected = new ArrayList<Object>(List.of("m5"));
    IntStream.range(0, 500)
        .map(i -> 499 - i)
        .filter(i -> i != 5 && i != 400)
        .forEach(i -> expected.add("m" + i));

    assertEquals(expected, ids(server.messages().find().sort(NEWEST_FIRST)));
    assertEquals(expected, ids(server.messages().find().sort(NEWEST_FIRST).batchSize(7)));
    var at = new Date(25);
    var before = and(lte("createdAt", at), or(lt("createdAt", at), lt("offset", 254L)));
    assertEquals(
        expected.subList(expected.indexOf("m253"), expected.indexOf("m253") + 50),
        ids(server.messages().find(before).sort(NEWEST_FIRST).limit(50)));
    assertEquals(
        List.of("m0", "m1"),
        ids(server.messages().find().sort(ascending("createdAt", "offset", "_id")).limit(2)));
  }

  @Test
  void anIndexOnPositionsAnswersWhatCameAfter() {
    server.messages().createIndex(ascending("partition", "offset"));
    insert(0, 300);
    var after = server.messages().find(and(eq("partition", 1), gt("offset", 290L)));
    assertEquals(List.of("m292", "m295", "m298"), ids(after.sort(ascending("offset"))));
    assertEquals(List.of("m298", "m295", "m292"), ids(after.sort(descending("offset"))));
  }

  @Test
  void aCursorGoesOnWhileOthersWrite() {
    server.messages().createIndex(NEWEST_FIRST);
    insert(0, 400);
    try (var cursor = server.messages().find().sort(NEWEST_FIRST).batchSize(10).iterator()) {
      assertEquals("m399", cursor.next().get("_id"));
      insert(400, 500);
      server.messages().deleteMany(lt("offset", 300L));
      var rest = new ArrayList<Object>();
      cursor.forEachRemaining(d -> rest.add(d.get("_id")));
      assertEquals(99, rest.size());
    }
  }
}
