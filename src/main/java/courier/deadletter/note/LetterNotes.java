package courier.deadletter.note;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import courier.deadletter.Desk;
import courier.deadletter.Letter;
import courier.deadletter.State;
import java.util.function.Function;
import org.bson.Document;

/** What people say of one. What waits in a bulk replay and is held back waits there no more. */
public final class LetterNotes extends Notes {
  private static final FindOneAndUpdateOptions CHANGED =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> letters;
  private final Desk desk;

  public LetterNotes(MongoClient mongo, String database, Desk desk) {
    letters = Desk.collection(mongo, database);
    this.desk = desk;
  }

  @Override
  public Document hold(NoteRequest request) {
    Letter letter = desk.find(request.id());
    Document update = new Marks(letter.document()).hold(request);
    if (letter.state() == State.QUEUED) {
      update.get("$set", Document.class).append("state", State.FAILED.text());
      update.append("$unset", new Document("replay", ""));
    }
    return change(letter, update);
  }

  @Override
  Document change(NoteRequest request, Function<Marks, Document> change) {
    Letter letter = desk.find(request.id());
    return change(letter, change.apply(new Marks(letter.document())));
  }

  private Document change(Letter letter, Document update) {
    Document unchanged = letter.unchanged();
    unchanged.putAll(new Marks(letter.document()).unchanged());
    Document changed = letters.findOneAndUpdate(unchanged, update, CHANGED);
    if (changed == null) {
      throw changedMeanwhile();
    }
    return new Marks(changed).shown();
  }
}
