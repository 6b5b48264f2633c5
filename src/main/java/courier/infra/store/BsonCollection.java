package courier.infra.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;

/**
 * Documents kept as BSON, so that each reader has a copy of its own and none of them meets a
 * document half changed.
 */
final class BsonCollection extends AbstractSynchronizedMongoCollection<Object> {
  private static final int FIRST_BATCH = 101;

  private final MVMap<KeyValue, byte[]> documents;

  BsonCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<KeyValue, byte[]> documents,
      CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  /** A client's query: streamed in the order of an index, or of the documents, if one has it. */
  @Override
  public QueryResult handleQuery(QueryParameters query) {
    var filter = (Document) query.getQuerySelector().get("$query");
    var sort = (Document) query.getQuerySelector().get("$orderby");
    var keys = filter == null ? null : keys(filter, sort);
    if (keys == null) {
      return super.handleQuery(query);
    }
    var scan =
        new ScanCursor(
            cursorRegistry.generateCursorId(),
            keys,
            documents,
            query,
            document ->
                matchDocumentsFromStream(
                    Stream.of(document), filter, null, 0, 0, 0, query.getProjection()));
    var batch = scan.takeDocuments(query.getBatchSize() > 0 ? query.getBatchSize() : FIRST_BATCH);
    if (scan.isEmpty()) {
      return new QueryResult(batch);
    }
    cursorRegistry.add(scan);
    return new QueryResult(batch, scan);
  }

  private Keys keys(Document filter, Document sort) {
    var indexes = new Indexes(getIndexes());
    if (indexes.unique(filter) != null) {
      return null;
    }
    var keys = indexes.ordered(filter, sort);
    boolean unsorted = sort == null || sort.isEmpty();
    return keys == null && unsorted ? natural(false) : keys;
  }

  @Override
  protected QueryResult queryDocuments(
      Document filter, Document sort, int skip, int limit, int batchSize, Document fields) {
    var found = new Indexes(getIndexes()).unique(filter);
    return found == null
        ? matchDocuments(filter, sort, skip, limit, batchSize, fields)
        : matchDocuments(filter, found, sort, skip, limit, batchSize, fields);
  }

  @Override
  protected QueryResult matchDocuments(
      Document filter, Document sort, int skip, int limit, int batchSize, Document fields) {
    Iterable<KeyValue> keys = () -> natural(isNaturalDescending(sort)).after(null);
    var stream = StreamSupport.stream(keys.spliterator(), false).map(this::getDocument);
    return matchDocumentsFromStream(stream, filter, sort, skip, limit, batchSize, fields);
  }

  private KeyRange natural(boolean descending) {
    return new KeyRange(documents, List.of(), null, null, descending);
  }

  /** What an aggregation reads that begins with this filter: at least what that finds. */
  Stream<Document> queryAsStream(Document filter) {
    var keys = new Indexes(getIndexes()).ordered(filter, null);
    if (keys == null) {
      return queryAllAsStream();
    }
    Iterable<KeyValue> found = () -> keys.after(null);
    return StreamSupport.stream(found.spliterator(), false)
        .map(key -> getDocument(new KeyValue(key.get(key.size() - 1))))
        .filter(Objects::nonNull);
  }

  /** What an aggregation reads. */
  @Override
  public Stream<Document> queryAllAsStream() {
    return documents.values().stream().map(BsonKeyType::decode);
  }

  @Override
  public synchronized void addIndex(Index<Object> index) {
    super.addIndex(index); // synchronized, or it would miss what is added while it is built
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    var id = getIdField() == null ? UUID.randomUUID() : document.get(getIdField());
    var position = new KeyValue(id);
    documents.put(position, BsonKeyType.encode(document));
    return position;
  }

  @Override
  protected void handleUpdate(Object position, Document before, Document after) {
    documents.put((KeyValue) position, BsonKeyType.encode(after));
  }

  @Override
  protected void removeDocument(Object position) {
    documents.remove(position);
  }

  @Override
  protected Document getDocument(Object position) {
    var bson = documents.get(position);
    return bson == null ? null : BsonKeyType.decode(bson);
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(e -> new DocumentWithPosition<>(BsonKeyType.decode(e.getValue()), e.getKey()));
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int delta) {}

  @Override
  protected int getDataSize() {
    return 0;
  }
}
