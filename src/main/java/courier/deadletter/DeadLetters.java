package courier.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import courier.kafka.Place;
import courier.message.Replayed;
import java.io.IOException;
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
 * The documents of the collection {@code dead-letters}, the index of the dead-letter topics. Of one
 * of Courier's, {@code _id} is the original record's place, so that a record dead-lettered twice is
 * one entry; of another program's it is its own place. What failed again after a replay says in its
 * headers which entry it is.
 */
public final class DeadLetters {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);
  private static final JsonMapper JSON = new JsonMapper();

  /** What a document may have for its value; MongoDB's limit is 16 MiB for all of it. */
  private static final int LARGEST_VALUE = 15 * 1024 * 1024;

  private final int maxReplays;

  /**
   * @param maxReplays after how many that failed again a dead letter is parked for good
   */
  public DeadLetters(int maxReplays) {
    this.maxReplays = maxReplays;
  }

  /** The writes that index a batch of records of the dead-letter topics, in order. */
  public List<WriteModel<Document>> writes(List<Exchange> batch) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (Exchange record : batch) {
      Message letter = record.getMessage();
      LetterReason reason = LetterReason.of(letter);
      LetterHeaders replay =
          new LetterHeaders(
              letter.getHeader(KafkaConstants.HEADERS, Headers.class), Replayed.PREFIX);
      String id = replay.has("id") ? replay.text("id") : id(letter, reason);
      writes.add(
          new UpdateOneModel<>(
              new Document("_id", id),
              new Document("$setOnInsert", entry(letter, reason)),
              UPSERT));
      if (replay.has("id")) {
        writes.add(failedAgain(id, replay.number("number", 0), reason));
      }
    }
    return writes;
  }

  private static String id(Message letter, LetterReason reason) {
    Place place = reason.prefix().equals(LetterReason.COURIER) ? reason.place() : Place.of(letter);
    return place.toString();
  }

  private static Document entry(Message letter, LetterReason reason) {
    byte[] value = letter.getBody(byte[].class);
    Document entry =
        failure(reason)
            .append("state", State.FAILED)
            .append("replays", 0)
            .append("firstFailedAt", Date.from(reason.failedAt()))
            .append("originalTopic", reason.place().topic())
            .append("originalPartition", reason.place().partition())
            .append("originalOffset", reason.place().offset())
            .append("originalTimestamp", new Date(reason.timestamp()))
            .append("topic", letter.getHeader(KafkaConstants.TOPIC))
            .append("partition", letter.getHeader(KafkaConstants.PARTITION))
            .append("offset", letter.getHeader(KafkaConstants.OFFSET))
            .append("key", letter.getHeader(KafkaConstants.KEY, byte[].class))
            .append("headers", original(letter, reason))
            .append(History.FIELD, List.of(failed(reason)));
    message(value, entry, reason);
    return value == null || value.length <= LARGEST_VALUE
        ? entry.append("value", value)
        : entry.append("valueOmitted", value.length);
  }

  private static Document failure(LetterReason reason) {
    return new Document("group", reason.fingerprint())
        .append("reason", reason.name())
        .append("exception", reason.exception())
        .append("message", reason.message())
        .append("route", reason.route())
        .append("step", reason.step())
        .append("attempts", reason.attempts())
        .append("failedAt", Date.from(reason.failedAt()));
  }

  private static Document failed(LetterReason reason) {
    return History.entry("failed", History.COURIER)
        .append("at", Date.from(reason.failedAt()))
        .append("detail", reason.message());
  }

  /** Once for each replay, even when a crash had it sent or dead-lettered twice. */
  private WriteModel<Document> failedAgain(String id, long replay, LetterReason reason) {
    Document thisReplay =
        new Document("_id", id)
            .append("replays", replay)
            .append("state", new Document("$in", List.of(State.REPLAYING, State.REPLAYED)));
    String state = replay < maxReplays ? State.FAILED : State.PARKED;
    return new UpdateOneModel<>(
        thisReplay,
        new Document("$set", failure(reason).append("state", state))
            .append("$push", History.push(failed(reason))));
  }

  /** The sender and the id, where the value can be read. */
  private static void message(byte[] value, Document entry, LetterReason reason) {
    try {
      JsonNode message = JSON.readTree(value == null ? new byte[0] : value);
      entry.append("sender", message.path("from").textValue());
      String id = message.path("id").textValue();
      entry.append("messageId", id != null || !message.isObject() ? id : reason.place().toString());
    } catch (JsonProcessingException e) {
      // no message, then, but a dead letter
    } catch (IOException e) {
      // nor UTF-8
    }
  }

  private static List<Document> original(Message letter, LetterReason reason) {
    List<Document> original = new ArrayList<>();
    for (Header header : letter.getHeader(KafkaConstants.HEADERS, Headers.class)) {
      if (!header.key().startsWith(LetterReason.COURIER)
          && !header.key().startsWith(reason.prefix())) {
        original.add(new Document("key", header.key()).append("value", header.value()));
      }
    }
    return original;
  }
}
