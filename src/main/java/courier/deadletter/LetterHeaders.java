package courier.deadletter;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The headers of a dead letter that begin with one prefix, by what follows it. */
record LetterHeaders(Headers headers, String prefix) {
  private byte[] bytes(String name) {
    Header header = headers.lastHeader(prefix + name);
    return header == null ? null : header.value();
  }

  boolean has(String name) {
    return bytes(name) != null;
  }

  String text(String name) {
    return has(name) ? new String(bytes(name), StandardCharsets.UTF_8) : null;
  }

  /** A number written as text; a header of some other program's making counts as none. */
  long number(String name, long otherwise) {
    try {
      return has(name) ? Long.parseLong(text(name)) : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** A number written as its bytes, the highest first. */
  long binary(String name, long otherwise) {
    return has(name) && bytes(name).length > 0
        ? new BigInteger(bytes(name)).longValue()
        : otherwise;
  }
}
