package courier.queries;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/**
 * What was sent to MongoDB: each query once, whatever its values, and the indexes that were made.
 */
final class SentQueries {
  final SentIndexes indexes = new SentIndexes();
  private final Map<String, SentQuery> queries = new ConcurrentHashMap<>();

  void note(BsonDocument command, List<RawBsonDocument> list) {
    indexes.note(command);
    SentQuery.of(command, list)
        .filter(query -> !query.collection().startsWith("$"))
        .forEach(query -> queries.putIfAbsent(query.command() + " " + query.shape(), query));
  }

  Collection<SentQuery> all() {
    return queries.values();
  }

  boolean has(String shape) {
    return all().stream().anyMatch(query -> query.shape().equals(shape));
  }
}
