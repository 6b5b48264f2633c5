package courier.infra.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what a command wrote before its answer goes out, once for all that wait. No commit
 * happens while a writing command is under way: a document and its indexes are stored together.
 */
public final class DurableBackend extends H2Backend {
  private static final Logger LOG = LoggerFactory.getLogger(DurableBackend.class);
  private static final int COMPACT_BELOW_PERCENT = 50;
  private static final int COMPACT_BYTES = 1 << 20;
  private static final long TIDY_NANOS = 60_000_000_000L;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile long lastWrite = System.nanoTime();

  public DurableBackend(MVStore store) {
    super(store);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    return ReadCommand.is(command, query)
        ? read(channel, database, command, query)
        : write(channel, database, command, query);
  }

  private Document read(Channel channel, String database, String command, Document query) {
    var version = getMvStore().registerVersionUsage(); // what is read is not reused meanwhile
    try {
      return super.handleCommand(channel, database, command, query);
    } finally {
      getMvStore().deregisterVersionUsage(version);
    }
  }

  private Document write(Channel channel, String database, String command, Document query) {
    lock.readLock().lock();
    try {
      return super.handleCommand(channel, database, command, query);
    } finally {
      lock.readLock().unlock();
      lastWrite = System.nanoTime();
      commit();
    }
  }

  @Override
  public void commit() {
    lock.writeLock().lock();
    try {
      getMvStore().commit();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Brings what was written to the disk itself, and rewrites sparse parts of the file, which makes
   * it shorter. Every second, it is done with a minute after the last write.
   */
  public void tidy() {
    if (System.nanoTime() - lastWrite > TIDY_NANOS) {
      return;
    }
    var store = getMvStore();
    try {
      store.sync();
      lock.writeLock().lock();
      try {
        store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
        store.commit();
      } finally {
        lock.writeLock().unlock();
      }
    } catch (RuntimeException e) {
      if (!store.isClosed()) {
        LOG.warn("Could not tidy {}", this, e);
      }
    }
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new Database(name);
  }

  /** An inner class: its methods run within its superclass's constructor, before any field. */
  private final class Database extends H2Database {
    Database(String name) {
      super(name, getMvStore(), getCursorRegistry());
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(
        String name, CollectionOptions options) {
      var map = "databases." + getFullCollectionNamespace(name);
      var documents = open(map, List.of(), ByteArrayDataType.INSTANCE);
      return new BsonCollection(this, name, options, documents, cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
        String collection, String name, List<IndexKey> keys, boolean sparse) {
      // Opened here first, so that the superclass gets it with our types and not Java's.
      open(indexName(collection, name), List.of(), new BsonKeyType(List.of()));
      return super.openOrCreateUniqueIndex(collection, name, keys, sparse);
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
        String collection, String name, List<IndexKey> keys, boolean sparse) {
      var entries = open(indexName(collection, name), keys, LongDataType.INSTANCE);
      return new OrderedIndex(name, keys, entries);
    }

    /** An aggregation that begins with a filter reads by an index; the superclass reads all. */
    @Override
    public Document handleCommand(
        Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
      if (command.equals("aggregate")
          && resolveCollection(query.get(command).toString(), false) instanceof BsonCollection all
          && query.get("pipeline") instanceof List<?> stages
          && !stages.isEmpty()
          && stages.get(0) instanceof Document first
          && first.get("$match") instanceof Document filter) {
        var aggregation = Aggregation.fromPipeline(stages, databases, this, all, oplog);
        aggregation.validate(query);
        var result = aggregation.runStages(all.queryAsStream(filter));
        var cursor = new Document("id", 0L).append("ns", all.getFullName());
        return new Document("cursor", cursor.append("firstBatch", result)).append("ok", 1.0);
      }
      return super.handleCommand(channel, command, query, databases, oplog);
    }

    private String indexName(String collection, String name) {
      return getFullCollectionNamespace(collection) + "._index_" + name;
    }

    private <V> MVMap<KeyValue, V> open(String map, List<IndexKey> keys, DataType<V> values) {
      var types = new MVMap.Builder<KeyValue, V>();
      return getMvStore().openMap(map, types.keyType(new BsonKeyType(keys)).valueType(values));
    }
  }
}
