package courier.deadletter.note;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import courier.deadletter.Desk;
import courier.http.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Variable;
import org.bson.Document;

/**
 * What people say of groups of dead letters, in the collection {@code dead-letter-groups}: {@code
 * {_id, tags, notes, held, history, settlingAt, dropped}}. The last two are there while its letters
 * do not all show what was said; any instance goes on with that when the one that began has ended.
 */
public final class GroupNotes extends Notes {
  /** Longer than an instance that works lets a group be. */
  private static final long LEFT_SECONDS = 60;

  private static final FindOneAndUpdateOptions CHANGED =
      new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> groups;
  private final MongoCollection<Document> letters;
  private final MarkedLetters marked;

  public GroupNotes(MongoClient mongo, String database) {
    letters = Desk.collection(mongo, database);
    groups =
        mongo
            .getDatabase(database)
            .getCollection("dead-letter-groups")
            .withWriteConcern(WriteConcern.MAJORITY);
    marked = new MarkedLetters(letters);
  }

  @Override
  Document change(NoteRequest request, Function<Marks, Document> change) {
    Document id = new Document("_id", request.id());
    if (letters.find(new Document("group", request.id())).limit(1).first() == null) {
      throw new Refusal(404, "There is no group with this id.");
    }
    Document found = groups.find(id).first();
    Document before = found == null ? id : found;
    if (before.get("settlingAt") != null && before.getDate("settlingAt").after(left())) {
      throw new Refusal(
          409, "What was said of it last is being said of its letters: ask again in a moment.");
    }
    Document update = change.apply(new Marks(before));
    Document set = update.get("$set", new Document());
    List<String> dropped = new ArrayList<>(before.getList("dropped", String.class, List.of()));
    dropped.addAll(request.remove());
    dropped.removeAll(set.getList("tags", String.class, List.of()));
    set.append("settlingAt", new Date()).append("dropped", dropped);
    update.append("$set", set);
    Document changed = write(before, update);
    settle(changed);
    return new Marks(changed).shown();
  }

  private Document write(Document before, Document update) {
    Document unchanged = new Document("_id", before.get("_id"));
    unchanged.putAll(new Marks(before).unchanged());
    unchanged.append("settlingAt", before.get("settlingAt"));
    try {
      return groups.findOneAndUpdate(unchanged, update, CHANGED);
    } catch (MongoCommandException e) {
      if (ErrorCategory.fromErrorCode(e.getErrorCode()) == ErrorCategory.DUPLICATE_KEY) {
        throw changedMeanwhile();
      }
      throw e;
    }
  }

  private void settle(Document group) {
    Document thisChange =
        new Document("_id", group.get("_id")).append("settlingAt", group.get("settlingAt"));
    // Somebody may have said something else since, if this is slow.
    marked.all(group, () -> groups.find(thisChange).first() != null);
    groups.updateOne(
        thisChange, new Document("$unset", new Document("settlingAt", "").append("dropped", "")));
  }

  private static Date left() {
    return Date.from(Instant.now().minusSeconds(LEFT_SECONDS));
  }

  /** Goes on with what an instance that ended has left in the middle. */
  public void tidy() {
    groups.find(new Document("settlingAt", new Document("$lt", left()))).forEach(this::settle);
  }

  /**
   * Says of letters what is said of their groups. They are listed already, so that what is said of
   * a group meanwhile either finds them or is found.
   *
   * @param groupsOf their groups by name
   * @param ids of the letters
   */
  public void mark(
      @Variable("groups") Map<String, String> groupsOf, @Variable("indexed") List<String> ids) {
    Document noted = new Document("_id", new Document("$in", groupsOf.keySet()));
    for (Document group : groups.find(noted)) {
      marked.some(group, ids);
    }
  }
}
