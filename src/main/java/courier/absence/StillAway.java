package courier.absence;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoDatabase;
import courier.conversation.Receipts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Looks which messages nobody has acknowledged whose recipients are not connected here. */
final class StillAway {
  private static final Bson PLACE =
      include("from", "to", "createdAt", "topicId", "partition", "offset");

  private final MongoDatabase database;
  private final Predicate<String> isHere;

  /**
   * @param isHere whether somebody of this name is connected to this instance
   */
  StillAway(MongoDatabase database, Predicate<String> isHere) {
    this.database = database;
    this.isHere = isHere;
  }

  /**
   * Those of these messages that are so, by id. What is not stored any more, as somebody was erased
   * or it was too old, is not among them.
   */
  Map<String, Absent> among(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, Document> away = new LinkedHashMap<>();
    database
        .getCollection("messages")
        .find(in("_id", ids))
        .projection(PLACE)
        .forEach(
            message -> {
              if (!isHere.test(message.getString("to"))) {
                away.put(message.getString("_id"), message);
              }
            });
    if (!away.isEmpty()) {
      away.keySet().removeAll(Receipts.delivered(database, away.values()));
    }
    Map<String, Absent> absent = new LinkedHashMap<>();
    away.forEach((id, message) -> absent.put(id, Absent.of(message)));
    return absent;
  }
}
