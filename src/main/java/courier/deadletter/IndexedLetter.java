package courier.deadletter;

import courier.deadletter.record.LetterContents;
import courier.deadletter.record.LetterHeaders;
import courier.deadletter.record.LetterReason;
import courier.deadletter.record.MessageFacts;
import courier.deadletter.record.Origin;
import courier.kafka.Place;
import courier.message.Replayed;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.bson.Document;

/**
 * A record of a dead-letter topic, to be indexed.
 *
 * @param place which names it: the original record's when Courier says so, or its own
 * @param group its reason's fingerprint
 */
public record IndexedLetter(Message letter, LetterReason reason, Place place, String group) {
  public IndexedLetter(Message letter, LetterReason reason, Place place) {
    this(letter, reason, place, reason.fingerprint());
  }

  String id() {
    return place.toString();
  }

  /** Kafka's id of the topic of that place, or null. */
  String topicId() {
    return place.topicId();
  }

  /** The id when the other one is taken by a record of another topic of the same name. */
  String otherId() {
    return place + "-" + topicId();
  }

  /** All under one of which it is listed. */
  Stream<String> ids() {
    return Stream.of(id(), otherId(), replayed()).filter(Objects::nonNull);
  }

  /** The dead letter that it says it is, being replayed; null when it says none. */
  String replayed() {
    return replay().text("id");
  }

  String claim() {
    return replay().text("claim");
  }

  private LetterHeaders replay() {
    return new LetterHeaders(reason.original(), Replayed.PREFIX);
  }

  Document entry() {
    Origin origin = reason.origin();
    Place first = origin.place() == null ? place : origin.place();
    MessageFacts message = MessageFacts.of(letter.getBody(byte[].class), first);
    Document entry =
        failure()
            .append("state", State.FAILED.text())
            .append("replays", 0)
            .append("firstFailedAt", Date.from(reason.failedAt()))
            .append("sender", message.sender())
            .append("messageId", message.id())
            .append("originalTopic", origin.topic())
            .append("originalPartition", origin.partition())
            .append("originalOffset", origin.offset())
            .append("originalTimestamp", Date.from(reason.written()))
            .append("topic", letter.getHeader(KafkaConstants.TOPIC))
            .append("partition", letter.getHeader(KafkaConstants.PARTITION))
            .append("offset", letter.getHeader(KafkaConstants.OFFSET))
            .append("topicId", topicId())
            .append(LetterHistory.FIELD, List.of(failed()));
    new LetterContents(letter, reason).put(entry);
    return entry;
  }

  /** What a new failure changes. */
  Document failure() {
    return new Document("group", group)
        .append("reason", reason.name())
        .append("exception", reason.exception())
        .append("message", reason.message())
        .append("route", reason.route())
        .append("step", reason.step())
        .append("attempts", reason.attempts())
        .append("failedAt", Date.from(reason.failedAt()));
  }

  Document failed() {
    return LetterHistory.entry("failed", LetterHistory.COURIER)
        .append("at", Date.from(reason.failedAt()))
        .append("detail", reason.message());
  }
}
