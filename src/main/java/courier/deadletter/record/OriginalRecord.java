package courier.deadletter.record;

import java.util.Set;
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
    /** Of whoever writes it again; a record stays of the trace that it came in. */
    private static final Set<String> OF_A_TRACE = Set.of("traceparent", "tracestate", "baggage");

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
        if (!OF_A_TRACE.contains(header.key())) {
          headers.add(header);
        }
      }
      return serialize(topic, original);
    }
  }
}
