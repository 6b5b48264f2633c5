package courier.deadletter.bulk;

import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import courier.deadletter.Desk;
import courier.deadletter.Hold;
import courier.deadletter.Letter;
import courier.deadletter.LetterHistory;
import courier.deadletter.ReplayTargets;
import courier.deadletter.State;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.Document;

/** The dead letters of bulk replays, queued and given back: many at a time, in steps. */
public final class ReplayQueue {
  /** As many as one update changes: quick also in a store that is slow. */
  private static final int CHUNK = 1000;

  private final MongoCollection<Document> letters;

  ReplayQueue(MongoClient mongo, String database) {
    this(Desk.collection(mongo, database));
  }

  ReplayQueue(MongoCollection<Document> letters) {
    this.letters = letters;
  }

  /**
   * Queues what is selected and open, up to so many.
   *
   * @param goOn asked before each chunk
   * @return how many
   */
  public int add(String replay, String by, Document selection, int most, BooleanSupplier goOn) {
    Document free = Hold.none(new Document("state", State.FAILED.text()));
    Document filter = new Document(selection);
    filter.putAll(free);
    Document set =
        new Document("state", State.QUEUED.text()).append("replay", replay).append("replayBy", by);
    Document unset = new Document("edited", "").append("replayTo", "");
    Document update =
        new Document("$set", set)
            .append("$unset", unset)
            .append("$push", LetterHistory.push(LetterHistory.entry("queued", by)));
    return changeEach(filter, free, update, most, goOn);
  }

  /** Opens again what still waits in a bulk replay. */
  int giveBack(String replay, String why) {
    Document entry =
        LetterHistory.entry("not replayed", LetterHistory.COURIER).append("detail", why);
    Document update =
        new Document("$set", new Document("state", State.FAILED.text()))
            .append("$unset", new Document("replay", ""))
            .append("$push", LetterHistory.push(entry));
    Document queued = new Document("state", State.QUEUED.text());
    return changeEach(State.QUEUED.of(replay), queued, update, Integer.MAX_VALUE, () -> true);
  }

  private int changeEach(
      Document filter, Document from, Document update, int most, BooleanSupplier goOn) {
    int changed = 0;
    try (MongoCursor<Document> found =
        letters.find(filter).projection(include("_id")).batchSize(CHUNK).iterator()) {
      while (changed < most && found.hasNext() && goOn.getAsBoolean()) {
        List<Object> ids = new ArrayList<>();
        while (ids.size() < Math.min(CHUNK, most - changed) && found.hasNext()) {
          ids.add(found.next().get("_id"));
        }
        Document unchanged = new Document("_id", new Document("$in", ids));
        unchanged.putAll(from);
        changed += (int) letters.updateMany(unchanged, update).getMatchedCount();
      }
    }
    return changed;
  }

  /** Why nothing of this can be replayed. */
  Refusal whyNone(Document selected, ReplayTargets targets) {
    Document open = new Document(selected).append("state", State.FAILED.text());
    Document free = letters.find(Hold.none(new Document(open))).first();
    Document one = free == null ? letters.find(open).first() : free;
    if (one == null) {
      return new Refusal(404, "None of the open dead letters is selected.");
    }
    Letter letter = new Letter(one);
    try {
      Hold.requireNone(letter);
      targets.require(letter.origin());
      letter.requireValue();
    } catch (Refusal refusal) {
      return refusal;
    }
    return new Refusal(409, "Somebody else has just changed them: look at them again.");
  }
}
