package courier.deadletter.bulk;

import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import courier.deadletter.Claim;
import courier.deadletter.Hold;
import courier.deadletter.Letter;
import courier.deadletter.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;

/**
 * Claims dead letters to send them. Who claims one has it to himself, by compare-and-set, until it
 * is sent or the claim is too old.
 */
final class ReplayClaims {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  /** Bytes of the values that are in memory at a time. */
  private static final long MOST_BYTES = 16L << 20;

  /** Of a letter that does not say how large it is. */
  private static final int SIZE = 1 << 20;

  private final MongoCollection<Document> letters;

  ReplayClaims(MongoCollection<Document> letters) {
    this.letters = letters;
  }

  /** Claims as many as this of what is queued in a bulk replay. */
  List<Letter> claim(String replay, int most) {
    return claim(Hold.none(State.QUEUED.of(replay)), new Document(), most);
  }

  /** Claims what has been on its way since before this time, the longest first. */
  List<Letter> leftBehind(Instant before, int most) {
    Document filter =
        new Document("state", State.REPLAYING.text())
            .append("claimedAt", new Document("$lt", Date.from(before)));
    return claim(filter, new Document("claimedAt", 1), most);
  }

  private List<Letter> claim(Document filter, Document sort, int most) {
    String runner = UUID.randomUUID().toString();
    List<String> ids = new ArrayList<>();
    List<WriteModel<Document>> claims = new ArrayList<>();
    long bytes = 0;
    for (Document found :
        letters
            .find(filter)
            .sort(sort)
            .limit(most)
            .projection(
                include(
                    "state", "replays", "claim", "claimedAt", "replayBy", "size", Hold.FIELD))) {
      Letter letter = new Letter(found);
      bytes += found.getInteger("size", SIZE);
      if (bytes > MOST_BYTES && !ids.isEmpty()) {
        break;
      }
      ids.add(letter.id());
      claims.add(new UpdateOneModel<>(letter.unchanged(), take(letter, runner)));
    }
    if (ids.isEmpty()) {
      return List.of();
    }
    letters.bulkWrite(claims, UNORDERED);
    // Those that somebody else was faster to claim are not among them.
    List<Letter> claimed = new ArrayList<>();
    for (Document found : letters.find(mine(ids, runner))) {
      claimed.add(new Letter(found));
    }
    return claimed;
  }

  private static Document mine(List<String> ids, String runner) {
    return new Document("_id", new Document("$in", ids)).append("runner", runner);
  }

  private static Document take(Letter letter, String runner) {
    if (letter.state() == State.REPLAYING) {
      // The same replay still, by somebody else.
      Document set = new Document("claimedAt", new Date()).append("runner", runner);
      return new Document("$set", set);
    }
    Document begun = Claim.begin(letter.by()).append("runner", runner);
    return new Document("$set", begun)
        .append("$inc", new Document("replays", 1))
        .append("$push", new Document("claims", Claim.known(begun)));
  }
}
