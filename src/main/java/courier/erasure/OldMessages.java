package courier.erasure;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.util.TimeUtils;
import org.bson.Document;

/**
 * Deletes what is older than it is kept. Not by an index with {@code expireAfterSeconds}: the
 * embedded store and others delete nothing by it, and to change it takes a right that storing does
 * not.
 */
public final class OldMessages {
  private static final int BITE = 500;

  private final MongoCollection<Document> messages;
  private final long keepMillis;
  private final Clock clock;

  /**
   * @param keep as a duration, such as {@code 90d}, from {@code createdAt} on; 0 is for good
   */
  public OldMessages(MongoClient mongo, String database, String keep) {
    this(mongo, database, keep, Clock.systemUTC());
  }

  OldMessages(MongoClient mongo, String database, String keep, Clock clock) {
    messages =
        mongo
            .getDatabase(database)
            .getCollection("messages")
            .withWriteConcern(WriteConcern.MAJORITY);
    keepMillis = TimeUtils.toMilliSeconds(keep);
    this.clock = clock;
  }

  /** In small bites; two instances may do so at a time. */
  public void forget() {
    if (keepMillis > 0) {
      Date oldest = new Date(clock.millis() - keepMillis);
      for (List<Object> ids = before(oldest); !ids.isEmpty(); ids = before(oldest)) {
        messages.deleteMany(in("_id", ids));
      }
    }
  }

  private List<Object> before(Date oldest) {
    return messages
        .find(lt("createdAt", oldest))
        .projection(include("_id"))
        .limit(BITE)
        .map(found -> found.get("_id"))
        .into(new ArrayList<>());
  }
}
