package courier.erasure;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** The bulk replays that were asked for by the name of a sender. */
final class ReplaySelections {
  private static final String SENDER = "selection.sender";

  private final MongoCollection<Document> replays;

  ReplaySelections(MongoDatabase database) {
    replays = database.getCollection("dead-letter-replays");
  }

  /** Stops those that are under way, as without the name they would be of all senders. */
  long forget(String person, String erasure) {
    Document selection = new Document("selection", new Document("erased", erasure));
    Document stopped =
        new Document(selection)
            .append("state", "stopping")
            .append("endedAt", new Date())
            .append("detail", "stopped by an erasure");
    Document underWay =
        new Document(SENDER, person)
            .append("state", new Document("$in", List.of("queueing", "running")));
    return replays.updateMany(underWay, new Document("$set", stopped)).getModifiedCount()
        + replays
            .updateMany(new Document(SENDER, person), new Document("$set", selection))
            .getModifiedCount();
  }
}
