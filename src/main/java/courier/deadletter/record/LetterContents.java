package courier.deadletter.record;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.bson.Document;

/**
 * The original record in a dead letter, as far as a document of 16 MiB has room for it. Of what is
 * left out {@code valueOmitted}, {@code keyOmitted} (bytes) and {@code headersOmitted} (how many)
 * are said instead; it is in the topic of the dead letters, or where the record was.
 */
public record LetterContents(Message letter, LetterReason reason) {
  public static final List<String> PARTS = List.of("value", "key", "headers");
  public static final String OMITTED = "Omitted";

  private static final int LARGEST_VALUE = 14 * 1024 * 1024;
  private static final int LARGEST_KEY = 256 * 1024;
  private static final int LARGEST_HEADERS = 1024 * 1024;

  /** Bytes of a header in a document beside its own. */
  private static final int AROUND_HEADER = 40;

  public void put(Document entry) {
    byte[] value = letter.getBody(byte[].class);
    entry.append(
        "size", value == null ? (int) Math.min(omitted("value"), Integer.MAX_VALUE) : value.length);
    put("value", value, LARGEST_VALUE, entry);
    put("key", letter.getHeader(KafkaConstants.KEY, byte[].class), LARGEST_KEY, entry);
    headers(entry);
  }

  private void put(String member, byte[] bytes, int largest, Document entry) {
    long omitted = bytes == null ? omitted(member) : bytes.length;
    if (bytes == null && omitted > 0 || omitted > largest) {
      entry.append(member + OMITTED, omitted);
    } else {
      entry.append(member, bytes);
    }
  }

  private void headers(Document entry) {
    List<Document> headers = new ArrayList<>();
    long omitted = omitted("headers");
    long size = 0;
    for (Header header : reason.original()) {
      byte[] value = header.value();
      size += AROUND_HEADER + header.key().length() * 3L + (value == null ? 0 : value.length);
      if (size > LARGEST_HEADERS) {
        omitted++;
      } else {
        headers.add(new Document("key", header.key()).append("value", value));
      }
    }
    entry.append("headers", headers);
    if (omitted > 0) {
      entry.append("headers" + OMITTED, omitted);
    }
  }

  private long omitted(String part) {
    return reason.omitted().getOrDefault(part, 0L);
  }
}
