package courier.deadletter;

import courier.deadletter.record.OriginalRecord;
import courier.kafka.Place;
import courier.message.Replayed;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A dead letter on its way to a topic: the original record or the edited value, and headers that
 * say which dead letter it is, and which record it was.
 *
 * @param failure why it could not be sent, or null
 * @param given whether that is for good
 */
public record Sending(Letter letter, Exception failure, boolean given) {
  Sending(Letter letter) {
    this(letter, null, false);
  }

  public boolean isSent() {
    return failure == null;
  }

  OriginalRecord record() {
    RecordHeaders headers = new RecordHeaders();
    for (Document header : letter.document().getList("headers", Document.class)) {
      Binary value = header.get("value", Binary.class);
      headers.add(header.getString("key"), value == null ? null : value.getData());
    }
    Place place = letter.place();
    say(headers, Replayed.ID, letter.id());
    say(headers, Replayed.CLAIM, letter.claim());
    say(headers, Replayed.RECORD, place);
    say(headers, Replayed.TIMESTAMP, letter.document().getDate("originalTimestamp").getTime());
    return new OriginalRecord(letter.value(), headers);
  }

  private static void say(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The filter for the letter, as long as nothing is known of what came of this. */
  Document underWay() {
    return new Document("_id", letter.id())
        .append("state", State.REPLAYING.text())
        .append("claim", letter.claim());
  }

  /** The update of the letter; null when nothing is known yet, and it is tried again. */
  Document outcome() {
    if (isSent()) {
      return new Document("$set", new Document("state", State.REPLAYED.text()))
          .append("$push", LetterHistory.push(LetterHistory.entry("replayed", letter.by())));
    }
    if (!given) {
      // Behind all others that wait to be tried again.
      return new Document("$set", new Document("claimedAt", new Date()));
    }
    Document entry = LetterHistory.entry("not sent", letter.by()).append("detail", why());
    return new Document("$set", new Document("state", State.FAILED.text()))
        .append("$inc", new Document("replays", -1))
        .append("$push", LetterHistory.push(entry));
  }

  String why() {
    return failure.getMessage();
  }

  /** Writes the record. */
  public static final class Serializer
      implements org.apache.kafka.common.serialization.Serializer<Sending> {
    private final OriginalRecord.Serializer records = new OriginalRecord.Serializer();

    @Override
    public byte[] serialize(String topic, Sending sending) {
      return records.serialize(topic, sending.record());
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Sending sending) {
      return records.serialize(topic, headers, sending.record());
    }
  }
}
