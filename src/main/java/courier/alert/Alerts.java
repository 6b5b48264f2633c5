package courier.alert;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;

/**
 * What somebody is to be told, and was told: the collection {@code alerts}, {@code {_id, kind,
 * text, state, at, lease}}. Whoever claims one says it. It is said twice only if an instance ends
 * between its saying and its note of that, or takes longer over it than a claim lasts.
 */
final class Alerts {
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final FindOneAndUpdateOptions FIRST =
      new FindOneAndUpdateOptions().sort(new Document("lease", 1));
  private static final String NEW = "new";
  private static final String TOLD = "told";

  private final MongoCollection<Document> alerts;

  Alerts(MongoClient mongo, String database) {
    alerts =
        mongo.getDatabase(database).getCollection("alerts").withWriteConcern(WriteConcern.MAJORITY);
  }

  /** Has it said, unless it was, or is going to be. */
  void raise(Alert alert) {
    alerts.updateOne(
        eq("_id", alert.id()),
        combine(
            setOnInsert("kind", alert.kind()),
            setOnInsert("text", alert.text()),
            setOnInsert("state", NEW),
            setOnInsert("at", new Date()),
            setOnInsert("lease", new Date(0))),
        UPSERT);
  }

  /** It is over: when it begins anew it is said anew. */
  void isOver(String id) {
    alerts.deleteOne(new Document("_id", id).append("state", TOLD));
  }

  /** One to be said, which is nobody else's for a while. */
  Optional<Alert> claim() {
    Instant now = Instant.now();
    Document found =
        alerts.findOneAndUpdate(
            new Document("state", NEW).append("lease", new Document("$lt", Date.from(now))),
            set("lease", Date.from(now.plus(CLAIM))),
            FIRST);
    return Optional.ofNullable(found)
        .map(one -> new Alert(one.getString("_id"), one.getString("kind"), one.getString("text")));
  }

  /** It was said. */
  void told(Alert alert) {
    alerts.updateOne(eq("_id", alert.id()), set("state", TOLD));
  }
}
