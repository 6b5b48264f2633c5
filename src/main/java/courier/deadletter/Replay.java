package courier.deadletter;

import courier.kafka.Place;
import courier.message.Replayed;
import java.util.Date;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.Document;
import org.bson.types.Binary;

/** A dead letter on its way back to the topic it is from. */
public final class Replay {
  /**
   * Makes the record: the original one, or the edited value, for the topic and partition it was in;
   * headers say which dead letter it is, and which record it was.
   */
  public void record(Exchange exchange, @Variable("letter") Document letter) {
    Message record = exchange.getMessage();
    record.removeHeaders("*");
    RecordHeaders headers = new RecordHeaders();
    for (Document header : letter.getList("headers", Document.class)) {
      headers.add(header.getString("key"), bytes(header.get("value", Binary.class)));
    }
    boolean edited = letter.containsKey("edited");
    Binary value = letter.get(edited ? "edited" : "value", Binary.class);
    record.setBody(new OriginalRecord(bytes(value), headers));
    String topic = letter.getString("originalTopic");
    int partition = letter.getInteger("originalPartition");
    record.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
    record.setHeader(KafkaConstants.PARTITION_KEY, partition);
    record.setHeader(KafkaConstants.KEY, bytes(letter.get("key", Binary.class)));
    Place place = new Place(topic, partition, letter.getLong("originalOffset"));
    record.setHeader(Replayed.PREFIX + "id", letter.getString("_id"));
    record.setHeader(Replayed.PREFIX + "number", letter.getInteger("replays").toString());
    record.setHeader(Replayed.RECORD, place.toString());
    record.setHeader(
        Replayed.TIMESTAMP, String.valueOf(letter.getDate("originalTimestamp").getTime()));
  }

  /** The update that says it was sent. */
  public List<Document> sent(@Variable("letter") Document letter) {
    Document entry = History.entry("replayed", letter.getString("replayBy"));
    return List.of(
        thisReplay(letter),
        new Document("$set", new Document("state", State.REPLAYED))
            .append("$push", History.push(entry)));
  }

  /**
   * The update that says it could not be sent, and why.
   *
   * @throws RetriableException when it may have been sent, or can be in a moment
   */
  public List<Document> notSent(Exchange exchange, @Variable("letter") Document letter) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    RetriableException passing = ObjectHelper.getException(RetriableException.class, failure);
    if (passing != null) {
      throw passing;
    }
    String why = ObjectHelper.getException(Exception.class, failure).getMessage();
    exchange.setVariable("notSent", why);
    Document entry = History.entry("not sent", letter.getString("replayBy")).append("detail", why);
    return List.of(
        thisReplay(letter),
        new Document("$set", new Document("state", State.FAILED))
            .append("$push", History.push(entry)));
  }

  private static Document thisReplay(Document letter) {
    return new Document("_id", letter.get("_id"))
        .append("state", State.REPLAYING)
        .append("replays", letter.get("replays"));
  }

  /** The update that begins the next replay of a dead letter. */
  static Document begin(String by, String claim) {
    return new Document("state", State.REPLAYING)
        .append("replayBy", by)
        .append("claim", claim)
        .append("claimedAt", new Date());
  }

  private static byte[] bytes(Binary value) {
    return value == null ? null : value.getData();
  }
}
