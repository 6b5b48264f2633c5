package courier.tracing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of a record as they came, by which its sender says of which trace it is. */
enum RecordHeader implements TextMapGetter<Message> {
  READER;

  @Override
  @SuppressWarnings("deprecation") // which has to be there as long as it is
  public Iterable<String> keys(Message record) {
    Headers headers = headers(record);
    return headers == null
        ? List.of()
        : StreamSupport.stream(headers.spliterator(), false).map(Header::key).toList();
  }

  /** The last one, as whoever passed it on added his. */
  @Override
  public String get(Message record, String key) {
    Headers headers = record == null ? null : headers(record);
    Header header = headers == null ? null : headers.lastHeader(key);
    return header == null || header.value() == null ? null : new String(header.value(), US_ASCII);
  }

  private static Headers headers(Message record) {
    return record.getHeader(KafkaConstants.HEADERS, Headers.class);
  }
}
