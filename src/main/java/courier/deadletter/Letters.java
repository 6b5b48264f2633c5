package courier.deadletter;

import courier.kafka.Place;
import courier.message.ReceivedMessage;
import courier.message.Rfc3339;
import courier.message.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
   * @return messages for {@code kafka:…?batchWithIndividualHeaders=true}: one for a record or for
   *     the message read from it, and one for each record of a batch or of a list of those that
   *     could not be read
   */
  public List<Message> of(Exchange failed) {
    List<Message> letters = lettersOf(failed);
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

  private static List<Message> lettersOf(Exchange failed) {
    Object body = failed.getMessage().getBody();
    if (body instanceof List<?> batch) {
      return batch.stream().map(record -> ofBatch(record, failed)).toList();
    }
    Message record = body instanceof ReceivedMessage read ? read.record() : failed.getMessage();
    return List.of(letter(record, Failure.of(failed)));
  }

  private static Message ofBatch(Object record, Exchange failed) {
    return record instanceof UnreadableRecord unreadable
        ? letter(unreadable.record(), Failure.of(unreadable, failed))
        : letter(((Exchange) record).getMessage(), Failure.of(failed));
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
    return letter;
  }

  private static void say(Headers headers, String name, Object value) {
    if (value != null) {
      headers.add(PREFIX + name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
