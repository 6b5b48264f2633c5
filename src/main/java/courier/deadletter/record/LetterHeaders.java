package courier.deadletter.record;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** Headers of a dead letter that begin with one prefix, by what follows it; the last one counts. */
public record LetterHeaders(List<Header> headers, String prefix) {
  private byte[] bytes(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(prefix + name)) {
        return headers.get(i).value();
      }
    }
    return null;
  }

  boolean has(String name) {
    return bytes(name) != null;
  }

  public String text(String name) {
    byte[] value = bytes(name);
    // Also who is not Courier writes headers, and of any length.
    return value == null
        ? null
        : new String(
            value, 0, Math.min(value.length, LetterSize.LONGEST_TEXT), StandardCharsets.UTF_8);
  }

  /**
   * A number, written as text or as the four or eight bytes it has, the highest first; null when
   * there is none.
   */
  Long number(String name) {
    byte[] value = bytes(name);
    if (value == null) {
      return null;
    }
    String text = new String(value, StandardCharsets.US_ASCII);
    if (text.matches("-?\\d{1,18}")) {
      return Long.valueOf(text);
    }
    return value.length == Integer.BYTES || value.length == Long.BYTES
        ? new BigInteger(value).longValue()
        : null;
  }

  /** A number that is no less than 0. */
  Long position(String name) {
    Long number = number(name);
    return number == null || number < 0 ? null : number;
  }

  Integer partition(String name) {
    Long number = position(name);
    return number == null || number > Integer.MAX_VALUE ? null : number.intValue();
  }
}
