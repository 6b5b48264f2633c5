package courier.deadletter;

import courier.http.JsonBody;
import courier.store.StoredJson;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.bson.Document;

/**
 * How far a bulk replay is, counted from the dead letters themselves, so that it is right whatever
 * happened.
 */
public final class BulkReplayProgress {
  /** The pipeline that counts the dead letters of this one by their state. */
  public List<Document> count(Message message, @Variable("replay") Document replay) {
    BulkReplay.requireThere(replay);
    message.removeHeaders("*", Exchange.HTTP_RESPONSE_CODE, "Location");
    return List.of(
        new Document("$match", new Document("replay", replay.get("_id"))),
        new Document(
            "$group", new Document("_id", "$state").append("count", new Document("$sum", 1))));
  }

  /** The document, with {@code queued}, {@code replayed} and {@code failed} counted. */
  public void answer(Message counted, @Variable("replay") Document replay) {
    Document counts = new Document();
    for (Object state : counted.getBody(List.class)) {
      Document count = (Document) state;
      counts.append(count.getString("_id"), count.get("count"));
    }
    JsonBody.write(counted, StoredJson.of(shown(replay, counts)));
  }

  static Document shown(Document replay, Document counts) {
    Document shown = new Document(replay);
    List.of("owner", "lease").forEach(shown::remove);
    return shown
        .append("queued", sum(counts, State.QUEUED))
        .append("replayed", sum(counts, State.REPLAYED) + sum(counts, State.REPLAYING))
        .append("failed", sum(counts, State.FAILED) + sum(counts, State.PARKED))
        .append("discarded", sum(counts, State.DISCARDED));
  }

  private static long sum(Document counts, String state) {
    return counts.get(state) instanceof Number number ? number.longValue() : 0;
  }
}
