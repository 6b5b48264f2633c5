package courier.deadletter;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import courier.deadletter.record.MessageFacts;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What is done to one dead letter, by a person or by a replay. Each change is a compare-and-set on
 * what it was decided on, so that of two only one takes place; a {@link State} says what a letter
 * may become.
 */
public final class Desk {
  private static final FindOneAndUpdateOptions CHANGED =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<Document> letters;
  private final ReplayTargets targets;

  /**
   * @param targets the topics a replay may go to
   */
  public Desk(MongoClient mongo, String database, ReplayTargets targets) {
    this(collection(mongo, database), targets);
  }

  Desk(MongoCollection<Document> letters, ReplayTargets targets) {
    this.letters = letters;
    this.targets = targets;
  }

  public static MongoCollection<Document> collection(MongoClient mongo, String database) {
    return mongo
        .getDatabase(database)
        .getCollection("dead-letters")
        .withWriteConcern(WriteConcern.MAJORITY);
  }

  /**
   * @throws Refusal 404
   */
  public Letter find(String id) {
    Document found = letters.find(eq("_id", id)).first();
    if (found == null) {
      throw new Refusal(404, "There is no dead letter with this id.");
    }
    return new Letter(found);
  }

  /**
   * Begins a replay of the original, or of what there is to send instead.
   *
   * @return the letter, which is nobody else's to send now
   * @throws Refusal 404, or 409 saying what stands against it
   */
  public Letter replay(DeskRequest request) {
    Letter letter = in(State.REPLAYING, find(request.id()));
    if (request.edited() == null) {
      letter.requireValue();
    }
    targets.require(request.topic() == null ? letter.origin() : request.topic());
    Document set = Claim.begin(request.by());
    Document unset = new Document("replay", "");
    Document push = new Document("claims", Claim.known(set));
    keep("replayTo", request.topic(), set, unset);
    if (request.edited() == null) {
      unset.append("edited", "");
    } else {
      set.append("edited", new Binary(request.edited()));
      set.append("editedId", MessageFacts.of(request.edited(), letter.place()).id());
      push.putAll(LetterHistory.push(LetterHistory.edited(request.by(), request.edited())));
    }
    Document update =
        new Document("$set", set)
            .append("$unset", unset)
            .append("$inc", new Document("replays", 1))
            .append("$push", push);
    return change(letter, update);
  }

  private static void keep(String member, Object value, Document set, Document unset) {
    if (value == null) {
      unset.append(member, "");
    } else {
      set.append(member, value);
    }
  }

  /** Sets a letter aside. */
  public Letter discard(DeskRequest request) {
    Letter letter = in(State.DISCARDED, find(request.id()));
    Document set =
        new Document("state", State.DISCARDED.text())
            .append("discardedFrom", letter.state().text());
    return change(letter, set, LetterHistory.entry("discarded", request.by()));
  }

  /** Takes a discard back. */
  public Letter undo(DeskRequest request) {
    Letter letter = find(request.id());
    if (letter.state() != State.DISCARDED) {
      throw letter.refusal();
    }
    Document set = new Document("state", letter.document().get("discardedFrom"));
    return change(letter, set, LetterHistory.entry("undone", request.by()));
  }

  private static Letter in(State next, Letter letter) {
    // What waits in a bulk replay is its own to send.
    if (letter.state() == State.QUEUED || !letter.state().mayBecome(next)) {
      throw letter.refusal();
    }
    Hold.requireNone(letter);
    return letter;
  }

  private Letter change(Letter letter, Document set, Document entry) {
    return change(letter, new Document("$set", set).append("$push", LetterHistory.push(entry)));
  }

  private Letter change(Letter letter, Document update) {
    Document changed = letters.findOneAndUpdate(letter.unchanged(), update, CHANGED);
    if (changed == null) {
      throw new Refusal(409, "Somebody else has just changed it: look at it again.");
    }
    return new Letter(changed);
  }

  /** Notes what came of sending it, unless more is known by now. */
  public Sending settle(Sending sending) {
    Document update = sending.outcome();
    if (update != null) {
      letters.updateOne(sending.underWay(), update);
    }
    return sending;
  }

  /** Notes that all of these were sent, of each unless more is known by now. */
  public void settleAll(List<Message> sent) {
    List<WriteModel<Document>> updates = new ArrayList<>();
    for (Message record : sent) {
      Sending sending = record.getBody(Sending.class);
      updates.add(new UpdateOneModel<>(sending.underWay(), sending.outcome()));
    }
    if (!updates.isEmpty()) {
      letters.bulkWrite(updates, UNORDERED);
    }
  }
}
