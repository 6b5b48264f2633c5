package courier.deadletter.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What of a record is left out of its dead letter where that would be too large for the topic. It
 * is still in the topic where it was, and headers say how much it is: {@code
 * dead-letter-value-omitted} and {@code -key-omitted} in bytes, {@code -headers-omitted} how many.
 */
final class LetterSize {
  /** As the topic is made, and as much as the producer takes; less what is around a record. */
  private static final int LARGEST = 64 * 1024 * 1024 - 64 * 1024;

  /** Bytes of one of Courier's own headers. */
  static final int LONGEST_TEXT = 2 * 1024;

  /** Bytes of one {@code char}. */
  private static final int UTF_8_AT_MOST = 3;

  private static final String VALUE = "value";
  private static final String KEY = "key";
  private static final String HEADERS = "headers";
  private static final String OMITTED = "-omitted";

  private static final int LARGEST_KEY = 1024;
  private static final int LARGEST_HEADERS = 16 * 1024;

  private LetterSize() {}

  /** In UTF-8, as much of it as a header may have. */
  static byte[] text(String text) {
    if (text.length() * UTF_8_AT_MOST <= LONGEST_TEXT) {
      return text.getBytes(UTF_8);
    }
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
    // It stops before the first character that has no room.
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), bytes, true);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  static boolean isTooLarge(Message letter) {
    OriginalRecord original = letter.getBody(OriginalRecord.class);
    long size = (long) length(key(letter)) + length(original.value());
    return size + length(original.headers()) > LARGEST;
  }

  /** The same letter without its value, and without a key or headers that are more than a few. */
  static Message cut(Message letter) {
    OriginalRecord original = letter.getBody(OriginalRecord.class);
    Header[] all = original.headers().toArray();
    int own = firstOfOwn(all);
    Headers headers = new RecordHeaders(Arrays.copyOfRange(all, 0, own));
    boolean tooMany = length(headers) > LARGEST_HEADERS;
    if (tooMany) {
      headers = new RecordHeaders();
    }
    Stream.of(all).skip(own).forEach(headers::add);
    if (tooMany) {
      headers.add(omitted(HEADERS, own));
    }
    if (original.value() != null) {
      headers.add(omitted(VALUE, original.value().length));
    }
    Message cut = letter.copy();
    if (length(key(letter)) > LARGEST_KEY) {
      headers.add(omitted(KEY, key(letter).length));
      cut.removeHeader(KafkaConstants.KEY);
    }
    cut.setBody(new OriginalRecord(null, headers));
    return cut;
  }

  /** Where the headers that are Courier's begin; what is before them is the record's own. */
  private static int firstOfOwn(Header[] all) {
    int first = all.length - 1;
    while (first > 0 && !all[first].key().equals(LetterFormat.FIRST)) {
      first--;
    }
    return Math.max(first, 0);
  }

  private static Header omitted(String part, int size) {
    return new RecordHeader(Letters.PREFIX + part + OMITTED, String.valueOf(size).getBytes(UTF_8));
  }

  /** What Courier's headers say is left out, by part. */
  static Map<String, Long> omitted(LetterHeaders said) {
    Map<String, Long> omitted = new HashMap<>();
    for (String part : List.of(VALUE, KEY, HEADERS)) {
      Long size = said.position(part + OMITTED);
      if (size != null) {
        omitted.put(part, size);
      }
    }
    return omitted;
  }

  private static byte[] key(Message letter) {
    return letter.getHeader(KafkaConstants.KEY, byte[].class);
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static long length(Headers headers) {
    long length = 0;
    for (Header header : headers) {
      length += header.key().length() + length(header.value()) + 10L;
    }
    return length;
  }
}
