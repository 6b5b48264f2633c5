package courier.deadletter.note;

import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import courier.deadletter.Hold;
import courier.deadletter.LetterHistory;
import courier.deadletter.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.Document;

/** What is said of groups, at their letters. Doing it twice changes nothing. */
final class MarkedLetters {
  /** As many as one update changes: quick also in a store that is slow. */
  private static final int CHUNK = 1000;

  private static final String TAGS = "tags";

  private final MongoCollection<Document> letters;

  MarkedLetters(MongoCollection<Document> letters) {
    this.letters = letters;
  }

  /**
   * Says of all letters of a group what is said of it now, and no more what is not.
   *
   * @param goOn asked before each chunk
   */
  void all(Document group, BooleanSupplier goOn) {
    Hold hold = Hold.of(group);
    if (hold == null) {
      each(group, goOn, new Document(Hold.OF_GROUP, true), released());
    } else {
      each(group, goOn, Hold.none(new Document()), held(hold));
      // Nobody takes what waits in a bulk replay any more; so it does not wait.
      Document waiting = new Document("state", State.QUEUED.text()).append(Hold.OF_GROUP, true);
      each(group, goOn, waiting, givenBack());
    }
    List<String> dropped = group.getList("dropped", String.class, List.of());
    if (!dropped.isEmpty()) {
      Document any = new Document(TAGS, new Document("$in", dropped));
      each(group, goOn, any, new Document("$pullAll", new Document(TAGS, dropped)));
    }
    List<String> tags = new Marks(group).tags();
    for (String tag : tags) {
      each(group, goOn, without(tag), tagged(tag));
    }
  }

  private void each(Document group, BooleanSupplier goOn, Document which, Document update) {
    Document filter = new Document("group", group.get("_id"));
    filter.putAll(which);
    try (MongoCursor<Document> found =
        letters.find(filter).projection(include("_id")).batchSize(CHUNK).iterator()) {
      while (found.hasNext() && goOn.getAsBoolean()) {
        List<Object> ids = new ArrayList<>();
        while (ids.size() < CHUNK && found.hasNext()) {
          ids.add(found.next().get("_id"));
        }
        update(ids, filter, update);
      }
    }
  }

  private void update(List<?> ids, Document filter, Document update) {
    Document some = new Document("_id", new Document("$in", ids));
    some.putAll(filter);
    letters.updateMany(some, update);
  }

  /** The same of these, if they are of that group. */
  void some(Document group, List<String> ids) {
    Document filter = new Document("group", group.get("_id"));
    Hold hold = Hold.of(group);
    if (hold != null) {
      update(ids, Hold.none(new Document(filter)), held(hold));
    }
    for (String tag : new Marks(group).tags()) {
      Document untagged = new Document(filter);
      untagged.putAll(without(tag));
      update(ids, untagged, tagged(tag));
    }
  }

  private static Document held(Hold hold) {
    Document held = new Document(hold.document()).append("group", true);
    Document entry =
        LetterHistory.entry("held", hold.document().getString("by")).append("detail", "its group");
    return new Document("$set", new Document(Hold.FIELD, held))
        .append("$push", LetterHistory.push(entry));
  }

  private static Document released() {
    Document entry =
        LetterHistory.entry("released", LetterHistory.COURIER).append("detail", "its group");
    return new Document("$unset", new Document(Hold.FIELD, ""))
        .append("$push", LetterHistory.push(entry));
  }

  private static Document givenBack() {
    Document entry =
        LetterHistory.entry("not replayed", LetterHistory.COURIER).append("detail", "on hold");
    return new Document("$set", new Document("state", State.FAILED.text()))
        .append("$unset", new Document("replay", ""))
        .append("$push", LetterHistory.push(entry));
  }

  private static Document without(String tag) {
    return new Document(TAGS, new Document("$ne", tag));
  }

  private static Document tagged(String tag) {
    return new Document("$addToSet", new Document(TAGS, tag));
  }
}
