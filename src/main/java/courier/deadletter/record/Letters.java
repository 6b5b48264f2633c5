package courier.deadletter.record;

import courier.kafka.Place;
import courier.message.refused.RefusedRecord;
import courier.mongodb.Rfc3339;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The dead letters of what failed: each the original record, and headers that say why it failed.
 */
public final class Letters {
  static final String PREFIX = "dead-letter-";

  /**
   * Leaves for the log what the first of them is about, as the variable {@code first}.
   *
   * @return messages for {@code kafka:…?batchWithIndividualHeaders=true}: one for a record that was
   *     handled by itself, and one for each that was refused
   */
  public List<Message> of(Exchange failed) {
    List<?> body = failed.getMessage().getBody(List.class);
    List<Message> letters =
        body.get(0) instanceof RefusedRecord
            ? body.stream().map(refused -> letter((RefusedRecord) refused, failed)).toList()
            : List.of(letter(only(body), Failure.of(failed)));
    Header[] headers = letters.get(0).getBody(OriginalRecord.class).headers().toArray();
    LetterHeaders first = new LetterHeaders(Arrays.asList(headers), PREFIX);
    failed.setVariable(
        "first",
        "%s-%s-%s: %s"
            .formatted(
                first.text("original-topic"),
                first.text("original-partition"),
                first.text("original-offset"),
                first.text("message")));
    return letters;
  }

  /** Those that the topic does not take, with what it surely does. */
  public List<Message> cut(@Body List<Message> letters) {
    return letters.stream().map(LetterSize::cut).toList();
  }

  private static Message only(List<?> records) {
    if (records.size() > 1) {
      throw new IllegalStateException("a batch is no dead letter, only a record is");
    }
    return ((Exchange) records.get(0)).getMessage();
  }

  private static Message letter(RefusedRecord refused, Exchange failed) {
    return letter(refused.record(), Failure.of(refused, failed));
  }

  private static Message letter(Message record, Failure failure) {
    Message letter = new DefaultMessage(record.getExchange().getContext());
    letter.setHeader(KafkaConstants.KEY, record.getHeader(KafkaConstants.KEY));
    Headers original = record.getHeader(KafkaConstants.HEADERS, Headers.class);
    // Not as Camel's headers, each of which costs more than all of the rest in a flood.
    Headers headers = new RecordHeaders(original == null ? new Header[0] : original.toArray());
    Place place = Place.of(record);
    // First, as what is before it is the original record's.
    say(headers, "original-topic", place.topic());
    say(headers, "original-topic-id", place.topicId());
    say(headers, "original-partition", place.partition());
    say(headers, "original-offset", place.offset());
    say(headers, "original-timestamp", record.getHeader(KafkaConstants.TIMESTAMP));
    say(headers, "exception", failure.reason().getClass().getName());
    say(headers, "message", failure.reason().getMessage());
    say(headers, "route", failure.route());
    say(headers, "step", failure.step());
    say(headers, "attempts", failure.attempts());
    say(headers, "failed-at", Rfc3339.format(Instant.now()));
    letter.setBody(new OriginalRecord(record.getBody(byte[].class), headers));
    return LetterSize.isTooLarge(letter) ? LetterSize.cut(letter) : letter;
  }

  private static void say(Headers headers, String name, Object value) {
    if (value != null) {
      headers.add(PREFIX + name, LetterSize.text(value.toString()));
    }
  }
}
