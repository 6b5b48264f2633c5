package courier.deadletter.bulk;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import courier.deadletter.State;
import java.util.List;
import org.bson.Document;

/** Counts the dead letters of bulk replays. */
final class ReplayTally {
  private final MongoCollection<Document> letters;

  ReplayTally(MongoCollection<Document> letters) {
    this.letters = letters;
  }

  /** How many dead letters of a bulk replay are in which state. */
  Document counts(String replay) {
    Document counts = new Document();
    letters
        .aggregate(
            List.of(
                new Document("$match", new Document("replay", replay)),
                new Document(
                    "$group",
                    new Document("_id", "$state").append("count", new Document("$sum", 1)))))
        .forEach(state -> counts.append(state.getString("_id"), state.get("count")));
    return counts;
  }

  /** How many of a bulk replay are in one of these states, counted up to this. */
  int atMost(int most, String replay, State... states) {
    int count = 0;
    for (State state : states) {
      for (Document found : letters.find(state.of(replay)).projection(include("_id")).limit(most)) {
        count++;
      }
    }
    return Math.min(count, most);
  }

  /** A bulk replay in which letters wait, or null. */
  String anyWaiting() {
    Document one = letters.find(eq("state", State.QUEUED.text())).first();
    return one == null ? null : one.getString("replay");
  }
}
