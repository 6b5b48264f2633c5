package courier.deadletter.record;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/**
 * What a dead letter says: where the record was, and why, where and when it failed.
 *
 * @param original the headers that the record had before
 * @param written when the record was
 * @param exception the name of a class
 * @param route of Courier; the consumer group of Spring; the connector of Kafka Connect
 * @param step of the route; the stage of Kafka Connect
 * @param omitted what of the record is not in the letter: bytes of its {@code value} and its {@code
 *     key}, and how many {@code headers}
 */
public record LetterReason(
    List<Header> original,
    Origin origin,
    Instant written,
    String exception,
    String message,
    String route,
    String step,
    long attempts,
    Instant failedAt,
    Map<String, Long> omitted) {

  /** Of a letter that says nothing. */
  static LetterReason unknown(List<Header> headers, Instant written) {
    return new LetterReason(
        headers, Origin.UNKNOWN, written, null, null, null, null, 1, written, Map.of());
  }

  /** The exception's name for people: {@code IdConflictException} is {@code id-conflict}. */
  public String name() {
    return name(exception);
  }

  static String name(String exception) {
    if (exception == null || exception.isBlank()) {
      return "unknown";
    }
    String simple =
        exception.substring(Math.max(exception.lastIndexOf('.'), exception.lastIndexOf('$')) + 1);
    return simple
        .replaceAll("(?<=.)(Exception|Error)$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** The same for all that failed in the same step for the same reason. */
  public String fingerprint() {
    return Fingerprint.of(exception, route, step, message);
  }
}
