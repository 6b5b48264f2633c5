package courier.infra.store;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;

/** Whether the embedded MongoDB uses one of these indexes, or goes through all documents. */
public final class EmbeddedPlan implements AutoCloseable {
  private final MVStore store = MVStore.open(null);
  private final Indexes indexes;

  /**
   * @param keys of the indexes, of which that of {@code _id} is the unique one
   */
  public EmbeddedPlan(List<BsonDocument> keys) {
    List<Index<Object>> all = new ArrayList<>();
    for (BsonDocument key : keys) {
      List<IndexKey> fields = new ArrayList<>();
      key.forEach((name, value) -> fields.add(new IndexKey(name, value.asInt32().getValue() > 0)));
      all.add(
          key.size() == 1 && key.containsKey("_id")
              ? unique(fields)
              : ordered(store, key.toJson(), fields));
    }
    indexes = new Indexes(all);
  }

  @SuppressWarnings("unchecked") // what it says of where a document is, nobody asks here
  private static Index<Object> unique(List<IndexKey> keys) {
    return (Index<Object>) (Index<?>) new MemoryUniqueIndex("_id_", keys, false);
  }

  static OrderedIndex ordered(MVStore store, String name, List<IndexKey> keys) {
    var types = new MVMap.Builder<KeyValue, Long>();
    return new OrderedIndex(
        name,
        keys,
        store.openMap(name, types.keyType(new BsonKeyType(keys)).valueType(LongDataType.INSTANCE)));
  }

  public boolean finds(BsonDocument filter, BsonDocument sort) {
    return changes(filter) || indexes.ordered(read(filter), read(sort)) != null;
  }

  public boolean aggregates(BsonDocument filter) {
    return indexes.ordered(read(filter), null) != null;
  }

  /** What updates or deletes uses no other index than that of the _id. */
  public boolean changes(BsonDocument filter) {
    return indexes.unique(read(filter)) != null;
  }

  static Document read(BsonDocument document) {
    var bytes = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
    var bson = new byte[bytes.remaining()];
    bytes.get(bson);
    return BsonKeyType.decode(bson);
  }

  @Override
  public void close() {
    store.close();
  }
}
