package courier.infra.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import courier.infra.RunningMongo;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sent or got, of which each half has an index of its own. */
class MergedRangesTest {
  private static final Bson NEWEST_FIRST = descending("createdAt", "_id");
  private static final Bson ANNAS = or(eq("from", "p0"), eq("to", "p0"));

  @TempDir Path directory;

  private static Document message(int i) {
    return new Document("_id", "m" + i)
        .append("from", "p" + i % 3)
        .append("to", "p" + i % 5) // and to oneself now and then
        .append("createdAt", new Date(i / 10));
  }

  @Test
  void theyAreInOrderAndEachIsThereOnceHoweverManyAreReadAtATime() {
    try (var server = RunningMongo.start(directory)) {
      server.messages().insertMany(IntStream.range(0, 300).mapToObj(i -> message(i)).toList());
      var at = new Date(15);
      var before = and(ANNAS, lte("createdAt", at), or(lt("createdAt", at), lt("_id", "m153")));
      for (Bson filter : List.of(ANNAS, before)) {
        var scanned = all(server, filter, 0);
        for (String member : List.of("from", "to")) {
          server.messages().createIndex(compoundIndex(ascending(member), NEWEST_FIRST));
        }
        assertEquals(scanned, all(server, filter, 0));
        assertEquals(scanned, all(server, filter, 7));
        server.messages().dropIndexes();
      }
    }
  }

  private static List<Document> all(RunningMongo server, Bson filter, int atATime) {
    return server
        .messages()
        .find(filter)
        .sort(NEWEST_FIRST)
        .batchSize(atATime)
        .into(new ArrayList<>());
  }

  @Test
  void alternativesThatNoIndexesHaveInOneOrderAreNotMerged() {
    try (var store = MVStore.open(null)) {
      var indexes =
          new Indexes(
              List.of(
                  index(store, "from", true), index(store, "to", false), index(store, null, true)));
      var filter = bson("{$or: [{from: 'p0'}, {to: 'p0'}]}");
      assertInstanceOf(KeyRange.class, indexes.ordered(filter, bson("{createdAt: 1}")));
      var other = bson("{$or: [{from: 'p0'}, {from: 'p1'}]}");
      assertInstanceOf(MergedRanges.class, indexes.ordered(other, bson("{createdAt: 1}")));
    }
  }

  private static OrderedIndex index(MVStore store, String member, boolean ascending) {
    var keys = new ArrayList<IndexKey>();
    if (member != null) {
      keys.add(new IndexKey(member, true));
    }
    keys.add(new IndexKey("createdAt", ascending));
    return EmbeddedPlan.ordered(store, "by " + member, keys);
  }

  private static de.bwaldvogel.mongo.bson.Document bson(String json) {
    return EmbeddedPlan.read(BsonDocument.parse(json));
  }
}
