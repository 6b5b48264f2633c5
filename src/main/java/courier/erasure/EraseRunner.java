package courier.erasure;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import courier.failure.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.camel.util.TimeUtils;
import org.bson.Document;

/**
 * Takes out what is named in an erasure, in small bites; each is safe to repeat, so that another
 * instance goes on where one has ended.
 */
public final class EraseRunner {
  private static final int BITE = 200;

  private final String me = UUID.randomUUID().toString();
  private final Erasures erasures;
  private final MongoDatabase database;
  private final Duration lastLook;

  /**
   * @param lastLook how long after its start one looks for what was just being stored: longer than
   *     a write may take until it has failed
   */
  public EraseRunner(MongoClient mongo, String database, String lastLook) {
    erasures = new Erasures(mongo, database);
    this.database = mongo.getDatabase(database);
    this.lastLook = Duration.ofMillis(TimeUtils.toMilliSeconds(lastLook));
  }

  /** One erasure that is due, if there is one. */
  public void turn() {
    Document erasure = erasures.take(me);
    if (erasure == null) {
      return;
    }
    try {
      takeOut(erasure);
    } catch (RuntimeException e) {
      erasures.note(erasure, Access.advice(e).orElse(e.getClass().getSimpleName()));
      throw e;
    }
    Instant due = erasure.getDate("startedAt").toInstant().plus(lastLook);
    if (Instant.now().isBefore(due)) {
      erasures.check(erasure, Date.from(due));
    } else {
      erasures.done(erasure);
    }
  }

  private void takeOut(Document erasure) {
    String person = erasure.getString("person");
    Ends ends = new Ends(erasure.getList("ends", Document.class));
    for (String member : List.of("from", "to")) {
      takeOut(erasure, "messages", new Document(member, person), m -> isOfThen(m, ends));
    }
    LettersOf letters = new LettersOf(person, ends);
    takeOut(erasure, "dead-letters", new Document(), letters::has);
    // The last look finds those of what came since.
    if (erasure.getString("state").equals(Erasures.ERASING)) {
      for (String member : List.of("_id.person", "_id.partner")) {
        takeOut(erasure, "receipts", new Document(member, person), receipt -> true);
      }
    }
    ReplaySelections replays = new ReplaySelections(database);
    erasures.count(erasure, "bulkReplays", replays.forget(person, erasure.getString("_id")));
  }

  /** Not one that was sent since. */
  private static boolean isOfThen(Document message, Ends ends) {
    return !(message.get("offset") instanceof Number offset
        && message.get("partition") instanceof Number partition
        && ends.areBefore(message.getString("topicId"), partition.intValue(), offset.longValue()));
  }

  private void takeOut(
      Document erasure, String collection, Document filter, Predicate<Document> isTheirs) {
    MongoCollection<Document> from = database.getCollection(collection);
    String counted = collection.equals("dead-letters") ? "deadLetters" : collection;
    List<Object> ids = new ArrayList<>();
    int looked = 0;
    for (Document found : from.find(filter).projection(LettersOf.PARTS).batchSize(BITE)) {
      if (isTheirs.test(found)) {
        ids.add(found.get("_id"));
      }
      if (ids.size() == BITE || ++looked % (10 * BITE) == 0) {
        delete(erasure, from, counted, ids);
      }
    }
    delete(erasure, from, counted, ids);
  }

  private void delete(
      Document erasure, MongoCollection<Document> from, String counted, List<Object> ids) {
    long deleted =
        ids.isEmpty()
            ? 0
            : from.deleteMany(new Document("_id", new Document("$in", List.copyOf(ids))))
                .getDeletedCount();
    erasures.count(erasure, counted, deleted);
    ids.clear();
  }
}
