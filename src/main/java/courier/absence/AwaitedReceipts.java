package courier.absence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Messages of which a receipt is awaited: the collection {@code awaited-receipts}, {@code {_id,
 * state, due}}. It has ids of messages and nobody's name. {@code due} is when to look at one again.
 */
final class AwaitedReceipts {
  /** Nobody has looked yet. */
  static final String NEW = "new";

  /** There is no receipt; each instance is asked whether the person is connected to it. */
  static final String ASKED = "asked";

  /** Somebody was told; it stays until its record cannot come again. */
  private static final String TOLD = "told";

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> awaited;

  AwaitedReceipts(MongoClient mongo, String database) {
    awaited =
        mongo
            .getDatabase(database)
            .getCollection("awaited-receipts")
            .withWriteConcern(WriteConcern.MAJORITY);
  }

  /** The write that notes one, unless it was. */
  static WriteModel<Document> write(String id, Instant due) {
    return new UpdateOneModel<>(
        eq("_id", id),
        combine(setOnInsert("state", NEW), setOnInsert("due", Date.from(due))),
        UPSERT);
  }

  /** Those of a state that are due, the first ones first. */
  List<String> due(String state, Instant now, int most) {
    return find(new Document("state", state).append("due", isBefore(now)), most);
  }

  /** Those of a state, the first ones first. */
  List<String> all(String state, int most) {
    return find(new Document("state", state), most);
  }

  private static Document isBefore(Instant now) {
    return new Document("$lt", Date.from(now));
  }

  private List<String> find(Bson which, int most) {
    return awaited
        .find(which)
        .sort(ascending("due"))
        .projection(include("_id"))
        .limit(most)
        .map(found -> found.getString("_id"))
        .into(new ArrayList<>());
  }

  /** Asks every instance, until then. */
  void ask(Collection<String> ids, Instant until) {
    if (!ids.isEmpty()) {
      awaited.updateMany(
          among(ids, NEW), combine(set("state", ASKED), set("due", Date.from(until))));
    }
  }

  /** Nobody need be told of these. */
  void drop(Collection<String> ids, String state) {
    if (!ids.isEmpty()) {
      awaited.deleteMany(among(ids, state));
    }
  }

  private static Bson among(Collection<String> ids, String state) {
    return new Document("_id", new Document("$in", List.copyOf(ids))).append("state", state);
  }

  /** Whether it is due, and nobody else's until then. */
  boolean claim(String id, Instant now, Instant until) {
    Document unclaimed =
        new Document("_id", id).append("state", ASKED).append("due", isBefore(now));
    return awaited.updateOne(unclaimed, set("due", Date.from(until))).getModifiedCount() == 1;
  }

  /** Somebody was told, which is known until then. */
  void told(String id, Instant until) {
    awaited.updateOne(
        eq("_id", id), combine(set("state", TOLD), set("due", Date.from(until))), UPSERT);
  }

  /** Lets go of what need not be known any more, some at a time. */
  void forget(Instant now, int most) {
    drop(due(TOLD, now, most), TOLD);
  }
}
