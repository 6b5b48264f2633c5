package courier.deadletter.record;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A Kafka record as it came: value and headers, byte for byte. Camel's header map would lose a
 * repeated header and those it filters.
 *
 * @param value null where the record had none
 */
public record OriginalRecord(byte[] value, Headers headers) {
  /** Writes the value, and the original headers before the ones that were added. */
  public static final class Serializer
      implements org.apache.kafka.common.serialization.Serializer<OriginalRecord> {
    @Override
    public byte[] serialize(String topic, OriginalRecord original) {
      return original.value();
    }

    @Override
    public byte[] serialize(String topic, Headers headers, OriginalRecord original) {
      Header[] added = headers.toArray();
      for (Header header : added) {
        headers.remove(header.key());
      }
      original.headers().forEach(headers::add);
      for (Header header : added) {
        headers.add(header);
      }
      return serialize(topic, original);
    }
  }
}
