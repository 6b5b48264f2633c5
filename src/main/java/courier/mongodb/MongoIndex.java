package courier.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * One of the indexes that queries need.
 *
 * @param collection which has it
 * @param keys members in their order, each 1 or -1
 */
public record MongoIndex(String collection, BsonDocument keys) {
  static MongoIndex of(String collection, Bson keys) {
    return new MongoIndex(collection, keys.toBsonDocument());
  }

  void make(MongoDatabase database) {
    database.getCollection(collection).createIndex(keys);
  }

  /** What makes it in mongosh. */
  public String line() {
    return "db.getCollection(\"%s\").createIndex(%s)".formatted(collection, keys.toJson());
  }

  /** Those of them that a database does not have. */
  static List<MongoIndex> missing(MongoDatabase database, Collection<MongoIndex> needed) {
    List<MongoIndex> missing = new ArrayList<>(needed);
    for (String collection : needed.stream().map(MongoIndex::collection).distinct().toList()) {
      List<BsonDocument> there = keys(database, collection);
      missing.removeIf(
          index -> index.collection.equals(collection) && there.stream().anyMatch(index::isAsGood));
    }
    return missing;
  }

  private static List<BsonDocument> keys(MongoDatabase database, String collection) {
    try {
      return database.getCollection(collection).listIndexes().into(new ArrayList<>()).stream()
          .map(index -> index.get("key", Document.class).toBsonDocument())
          .toList();
    } catch (MongoCommandException e) {
      if (e.getErrorCodeName().equals("NamespaceNotFound")) {
        return List.of();
      }
      throw e;
    }
  }

  /** It may be longer, and its numbers may be of another type. */
  private boolean isAsGood(BsonDocument other) {
    List<String> names = List.copyOf(other.keySet());
    return names.size() >= keys.size()
        && names.subList(0, keys.size()).equals(List.copyOf(keys.keySet()))
        && keys.entrySet().stream()
            .allMatch(
                key ->
                    other.get(key.getKey()).isNumber()
                        && other.getNumber(key.getKey()).intValue()
                            == key.getValue().asNumber().intValue());
  }
}
