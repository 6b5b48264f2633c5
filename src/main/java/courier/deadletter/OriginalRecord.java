package courier.deadletter;

import courier.message.ReceivedMessage;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A Kafka record as it came: value and headers, byte for byte. Camel's header map would lose a
 * repeated header and those it filters.
 *
 * @param value null where the record had none
 */
public record OriginalRecord(byte[] value, Headers headers) {
  /** What of a record's place a dead letter tells. */
  private static final List<String> PLACE =
      List.of(
          KafkaConstants.TOPIC,
          KafkaConstants.PARTITION,
          KafkaConstants.OFFSET,
          KafkaConstants.TIMESTAMP,
          KafkaConstants.KEY);

  /** Splits what failed into its records: one by itself, a message read from one, or a batch. */
  public static final class Splitter {
    public List<Message> split(Message failed) {
      Object body = failed.getBody();
      if (body instanceof List<?> batch) {
        return batch.stream().map(record -> letter(((Exchange) record).getMessage())).toList();
      }
      return List.of(letter(body instanceof ReceivedMessage read ? read.record() : failed));
    }

    private static Message letter(Message record) {
      Message letter = new DefaultMessage(record.getExchange().getContext());
      Headers headers = record.getHeader(KafkaConstants.HEADERS, Headers.class);
      letter.setBody(
          new OriginalRecord(
              record.getBody(byte[].class), headers == null ? new RecordHeaders() : headers));
      PLACE.forEach(name -> letter.setHeader(name, record.getHeader(name)));
      return letter;
    }
  }

  /** Writes the value, and the original headers before the ones that say why it is dead. */
  public static final class Serializer
      implements org.apache.kafka.common.serialization.Serializer<OriginalRecord> {
    @Override
    public byte[] serialize(String topic, OriginalRecord original) {
      return original.value();
    }

    @Override
    public byte[] serialize(String topic, Headers headers, OriginalRecord original) {
      Header[] reason = headers.toArray();
      for (Header header : reason) {
        headers.remove(header.key());
      }
      original.headers().forEach(headers::add);
      for (Header header : reason) {
        headers.add(header);
      }
      return serialize(topic, original);
    }
  }
}
