package courier.deadletter;

import courier.kafka.Place;
import courier.message.ReceivedMessage;
import courier.message.Rfc3339;
import courier.message.UnreadableRecord;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The dead letters of what failed: each the original record, and headers that say why it failed.
 */
public final class Letters {
  /**
   * @return messages for {@code kafka:…?batchWithIndividualHeaders=true}: one for a record or for
   *     the message read from it, and one for each record of a batch or of a list of those that
   *     could not be read
   */
  public List<Message> of(Exchange failed) {
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
    Headers headers = record.getHeader(KafkaConstants.HEADERS, Headers.class);
    letter.setBody(
        new OriginalRecord(
            record.getBody(byte[].class), headers == null ? new RecordHeaders() : headers));
    letter.setHeader(KafkaConstants.KEY, record.getHeader(KafkaConstants.KEY));
    Place place = Place.of(record);
    say(letter, "original-topic", place.topic());
    say(letter, "original-partition", place.partition());
    say(letter, "original-offset", place.offset());
    say(letter, "original-timestamp", record.getHeader(KafkaConstants.TIMESTAMP));
    say(letter, "exception", failure.reason().getClass().getName());
    say(letter, "message", failure.reason().getMessage());
    say(letter, "route", failure.route());
    say(letter, "step", failure.step());
    say(letter, "attempts", failure.attempts());
    say(letter, "failed-at", Rfc3339.format(Instant.now()));
    return letter;
  }

  private static void say(Message letter, String name, Object value) {
    if (value != null) {
      letter.setHeader("dead-letter-" + name, value.toString());
    }
  }
}
