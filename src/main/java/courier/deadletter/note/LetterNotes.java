package courier.deadletter.note;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import courier.deadletter.Desk;
import courier.deadletter.Letter;
import courier.deadletter.State;
import courier.http.Refusal;
import java.util.function.Function;
import org.bson.Document;

/**
 * What people say of one dead letter: each change is a compare-and-set, as all at the desk. What
 * waits in a bulk replay and is held back waits there no more.
 */
public final class LetterNotes {
  private static final FindOneAndUpdateOptions CHANGED =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> letters;
  private final Desk desk;

  public LetterNotes(MongoClient mongo, String database, Desk desk) {
    letters = Desk.collection(mongo, database);
    this.desk = desk;
  }

  /**
   * Lets no replay take it, and nobody discard it.
   *
   * @throws Refusal 404, or 409 saying what stands against it
   */
  public Document hold(NoteRequest request) {
    Letter letter = desk.find(request.id());
    Document update = new Marks(letter.document()).hold(request);
    if (letter.state() == State.QUEUED) {
      update.get("$set", Document.class).append("state", State.FAILED.text());
      update.append("$unset", new Document("replay", ""));
    }
    return change(letter, update);
  }

  /** Takes that back, also of one whose group is held. */
  public Document release(NoteRequest request) {
    return change(request, marks -> marks.release(request));
  }

  public Document tag(NoteRequest request) {
    return change(request, marks -> marks.tag(request));
  }

  public Document note(NoteRequest request) {
    return change(request, marks -> marks.note(request));
  }

  private Document change(NoteRequest request, Function<Marks, Document> change) {
    Letter letter = desk.find(request.id());
    return change(letter, change.apply(new Marks(letter.document())));
  }

  private Document change(Letter letter, Document update) {
    Document unchanged = letter.unchanged();
    unchanged.putAll(new Marks(letter.document()).unchanged());
    Document changed = letters.findOneAndUpdate(unchanged, update, CHANGED);
    if (changed == null) {
      throw new Refusal(409, "Somebody else has just changed it: look at it again.");
    }
    return new Marks(changed).shown();
  }
}
