package courier.mongodb;

import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.bson.conversions.Bson;

/** The indexes of all that is read; docs/queries.md says what by which. */
public final class MongoIndexes {
  private static final int UNAUTHORIZED = 13;
  private static final String MESSAGES = "messages";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String GROUPS = "dead-letter-groups";
  private static final String REPLAYS = "dead-letter-replays";
  private static final String RECEIPTS = "receipts";
  private static final String ERASURES = "erasures";
  private static final String ALERTS = "alerts";
  private static final String AWAITED = "awaited-receipts";

  private static final List<MongoIndex> ALL =
      List.of(
          MongoIndex.of(MESSAGES, descending("createdAt", "offset", "_id")),
          MongoIndex.of(MESSAGES, ofOne("from")),
          MongoIndex.of(MESSAGES, ofOne("to")),
          MongoIndex.of(MESSAGES, ascending("to", "partition", "offset")),
          MongoIndex.of(MESSAGES, ascending("from", "to", "createdAt", "offset", "_id")),
          MongoIndex.of(DEAD_LETTERS, descending("failedAt", "_id")),
          MongoIndex.of(DEAD_LETTERS, ascending("replay", "state")),
          MongoIndex.of(DEAD_LETTERS, ascending("state", "claimedAt")),
          MongoIndex.of(DEAD_LETTERS, ascending("state", "failedAt", "_id")),
          MongoIndex.of(DEAD_LETTERS, descending("group", "failedAt", "_id")),
          MongoIndex.of(DEAD_LETTERS, ascending("messageId")),
          MongoIndex.of(DEAD_LETTERS, ascending("editedId")),
          MongoIndex.of(GROUPS, ascending("settlingAt")),
          MongoIndex.of(REPLAYS, descending("startedAt", "_id")),
          MongoIndex.of(REPLAYS, ascending("state", "lease")),
          MongoIndex.of(RECEIPTS, ascending("_id.person")),
          MongoIndex.of(RECEIPTS, ascending("_id.partner")),
          MongoIndex.of(ERASURES, ascending("state", "lease")),
          MongoIndex.of(ERASURES, ascending("changedAt")),
          MongoIndex.of(ALERTS, ascending("state", "lease")),
          MongoIndex.of(AWAITED, ascending("state", "due")));

  private MongoIndexes() {}

  /**
   * Makes those that are not there. Who may make none does with those that somebody else has made.
   *
   * @return those that are missing because Courier's user may not make them
   */
  public static List<MongoIndex> make(MongoDatabase database) {
    try {
      ALL.forEach(index -> index.make(database));
      return List.of();
    } catch (MongoCommandException e) {
      if (e.getCode() != UNAUTHORIZED) {
        throw e;
      }
      return missing(database);
    }
  }

  public static List<MongoIndex> missing(MongoDatabase database) {
    return MongoIndex.missing(database, ALL);
  }

  /** Newest first as it is asked for: MongoDB merges two only if it reads both forwards. */
  private static Bson ofOne(String member) {
    return compoundIndex(ascending(member), descending("createdAt", "offset", "_id"));
  }
}
