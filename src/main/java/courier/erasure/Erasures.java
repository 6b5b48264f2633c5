package courier.erasure;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collection {@code erasures}, kept for good: {@code {_id, person, by, state, startedAt,
 * endedAt, detail, counts, ends, changedAt, owner, lease}}. One is {@code erasing}, then {@code
 * checking} until what was on its way meanwhile was looked for once more, and {@code done}.
 */
final class Erasures {
  static final String ERASING = "erasing";
  static final String CHECKING = "checking";
  private static final String DONE = "done";

  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);

  /** One that lasts longer is somebody else's too, which does no harm. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  private static final FindOneAndUpdateOptions NEXT =
      new FindOneAndUpdateOptions()
          .sort(new Document("lease", 1))
          .returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> erasures;

  Erasures(MongoClient mongo, String database) {
    erasures = collection(mongo, database);
  }

  static MongoCollection<Document> collection(MongoClient mongo, String database) {
    return mongo
        .getDatabase(database)
        .getCollection("erasures")
        .withWriteConcern(WriteConcern.MAJORITY);
  }

  Document start(String person, String by, Ends ends) {
    Date now = new Date();
    Document erasure =
        new Document("_id", UuidCreator.getTimeOrderedEpoch().toString())
            .append("person", person)
            .append("by", by)
            .append("state", ERASING)
            .append("startedAt", now)
            .append("counts", new Document())
            .append("ends", ends.topics())
            .append("changedAt", now)
            .append("lease", new Date(0));
    erasures.insertOne(erasure);
    LOG.info("The erasure {} has begun", erasure.get("_id"));
    return erasure;
  }

  /** Null when there is none. */
  Document find(String id) {
    return erasures.find(eq("_id", id)).first();
  }

  /** The last ones, newest first: their ids are in the order of time. */
  List<Document> last(int most) {
    return erasures.find().sort(new Document("_id", -1)).limit(most).into(new ArrayList<>());
  }

  /** One that is due, for a time; null when there is none. */
  Document take(String owner) {
    Document due =
        new Document("state", new Document("$in", List.of(ERASING, CHECKING)))
            .append("lease", new Document("$lt", new Date()));
    return erasures.findOneAndUpdate(
        due, combine(set("owner", owner), set("lease", in(LEASE))), NEXT);
  }

  private static Date in(Duration time) {
    return Date.from(Instant.now().plus(time));
  }

  /** So many more were taken out; whose erasure it is has it for longer. */
  void count(Document erasure, String what, long more) {
    change(erasure, combine(inc("counts." + what, more), set("lease", in(LEASE))));
  }

  /** All was taken out: the last look is due then. */
  void check(Document erasure, Date due) {
    change(
        erasure,
        combine(
            set("state", CHECKING),
            set("changedAt", new Date()),
            set("lease", due),
            set("detail", "What was on its way meanwhile is looked for once more.")));
  }

  void done(Document erasure) {
    Date now = new Date();
    change(
        erasure,
        combine(
            set("state", DONE), set("changedAt", now), set("endedAt", now), set("detail", null)));
    LOG.info("The erasure {} is done", erasure.get("_id"));
  }

  /** It does not get on, and is tried again. */
  void note(Document erasure, String why) {
    change(erasure, set("detail", "Tried again in some seconds: " + why));
  }

  private void change(Document erasure, Bson update) {
    erasures.updateOne(eq("_id", erasure.get("_id")), update);
  }
}
