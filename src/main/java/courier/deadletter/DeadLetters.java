package courier.deadletter;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.bson.Document;

/**
 * The documents of the collection {@code dead-letters}, the index of the dead-letter topic: {@code
 * _id} is the original record's place, so that a record dead-lettered twice is one entry.
 */
public final class DeadLetters {
  private static final String PREFIX = "dead-letter-";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  /** The writes that index a batch of records of the dead-letter topic. */
  public List<WriteModel<Document>> upserts(List<Exchange> batch) {
    List<WriteModel<Document>> upserts = new ArrayList<>();
    for (Exchange record : batch) {
      Document entry = entry(record.getMessage());
      Document id = new Document("_id", entry.remove("_id"));
      upserts.add(new UpdateOneModel<>(id, new Document("$setOnInsert", entry), UPSERT));
    }
    return upserts;
  }

  private static Document entry(Message letter) {
    Headers headers = letter.getHeader(KafkaConstants.HEADERS, Headers.class);
    String topic = letter.getHeader(KafkaConstants.TOPIC, String.class);
    int partition = letter.getHeader(KafkaConstants.PARTITION, Integer.class);
    long offset = letter.getHeader(KafkaConstants.OFFSET, Long.class);
    Long timestamp = letter.getHeader(KafkaConstants.TIMESTAMP, Long.class);
    String originalTopic = text(headers, "original-topic", topic);
    long originalPartition = number(headers, "original-partition", partition);
    long originalOffset = number(headers, "original-offset", offset);
    return new Document("_id", originalTopic + "-" + originalPartition + "-" + originalOffset)
        .append("originalTopic", originalTopic)
        .append("originalPartition", originalPartition)
        .append("originalOffset", originalOffset)
        .append("originalTimestamp", new Date(number(headers, "original-timestamp", timestamp)))
        .append("exception", text(headers, "exception", null))
        .append("message", text(headers, "message", null))
        .append("route", text(headers, "route", null))
        .append("attempts", number(headers, "attempts", 1))
        .append("failedAt", failedAt(headers, timestamp))
        .append("key", letter.getHeader(KafkaConstants.KEY, byte[].class))
        .append("value", letter.getBody(byte[].class))
        .append("headers", original(headers))
        .append("partition", partition)
        .append("offset", offset);
  }

  private static List<Document> original(Headers headers) {
    List<Document> original = new ArrayList<>();
    for (Header header : headers) {
      if (!header.key().startsWith(PREFIX)) {
        original.add(new Document("key", header.key()).append("value", header.value()));
      }
    }
    return original;
  }

  private static String text(Headers headers, String name, String otherwise) {
    Header header = headers.lastHeader(PREFIX + name);
    return header == null || header.value() == null
        ? otherwise
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** A number as text; a header of some other program's making counts as none. */
  private static long number(Headers headers, String name, long otherwise) {
    try {
      return Long.parseLong(text(headers, name, ""));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static Date failedAt(Headers headers, long otherwise) {
    try {
      return Date.from(Instant.parse(text(headers, "failed-at", "")));
    } catch (DateTimeParseException e) {
      return new Date(otherwise);
    }
  }
}
