package courier.infra.store;

import static org.junit.jupiter.api.Assertions.assertSame;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexesTest {
  private final MVStore store = MVStore.open(null);
  private final MVMap<KeyValue, Long> newest = store.openMap("newest");
  private final MVMap<KeyValue, Long> newestOfOne = store.openMap("newestOfOne");
  private final Indexes indexes =
      new Indexes(
          List.of(
              index(newest, "createdAt", "_id"), index(newestOfOne, "from", "createdAt", "_id")));

  @AfterEach
  void close() {
    store.close();
  }

  private static Index<Object> index(MVMap<KeyValue, Long> entries, String... fields) {
    List<IndexKey> keys = Stream.of(fields).map(field -> new IndexKey(field, true)).toList();
    return new OrderedIndex(String.join("_", fields), keys, entries);
  }

  private static MVMap<KeyValue, ?> map(Keys keys) {
    return ((KeyRange) keys).map();
  }

  @Test
  void theIndexWithTheMostEqualFieldsAnswersWhicheverWasMadeFirst() {
    Document sort = new Document("createdAt", -1).append("_id", -1);
    Document recent = new Document("createdAt", new Document("$gt", 7));
    assertSame(newest, map(indexes.ordered(recent, sort)));

    recent.append("from", "anna");
    assertSame(newestOfOne, map(indexes.ordered(recent, sort)));
  }
}
