package courier.deadletter;

import courier.kafka.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Headers;

/**
 * What the headers of a dead letter say: where the record was, and why, where and when it failed.
 * Read are Courier's headers, Spring Kafka's ({@code kafka_dlt-*}, from its
 * DeadLetterPublishingRecoverer) and Kafka Connect's ({@code __connect.errors.*}, KIP-298).
 *
 * @param prefix of the headers that are not the original record's
 * @param timestamp of the record, in milliseconds since 1970
 * @param exception the name of a class
 * @param route of Courier; the consumer group of Spring Kafka; the connector of Kafka Connect
 * @param step of the route; the stage of Kafka Connect
 */
record LetterReason(
    String prefix,
    Place place,
    long timestamp,
    String exception,
    String message,
    String route,
    String step,
    long attempts,
    Instant failedAt) {
  static final String COURIER = "dead-letter-";
  private static final String SPRING_KAFKA = "kafka_dlt-";
  private static final String KAFKA_CONNECT = "__connect.errors.";
  private static final int FINGERPRINT_BYTES = 6;

  static LetterReason of(Message letter) {
    Headers headers = letter.getHeader(KafkaConstants.HEADERS, Headers.class);
    Place here = Place.of(letter);
    long timestamp = letter.getHeader(KafkaConstants.TIMESTAMP, Long.class);
    LetterHeaders spring = new LetterHeaders(headers, SPRING_KAFKA);
    if (spring.has("original-topic")) {
      return ofSpringKafka(spring, here, timestamp);
    }
    LetterHeaders connect = new LetterHeaders(headers, KAFKA_CONNECT);
    if (connect.has("topic")) {
      return ofKafkaConnect(connect, here, timestamp);
    }
    LetterHeaders said = new LetterHeaders(headers, COURIER);
    return new LetterReason(
        COURIER,
        new Place(
            said.has("original-topic") ? said.text("original-topic") : here.topic(),
            (int) said.number("original-partition", here.partition()),
            said.number("original-offset", here.offset())),
        said.number("original-timestamp", timestamp),
        said.text("exception"),
        said.text("message"),
        said.text("route"),
        said.text("step"),
        said.number("attempts", 1),
        instant(said.text("failed-at"), timestamp));
  }

  private static LetterReason ofSpringKafka(LetterHeaders said, Place here, long timestamp) {
    String cause = said.text("exception-cause-fqcn");
    return new LetterReason(
        SPRING_KAFKA,
        new Place(
            said.text("original-topic"),
            (int) said.binary("original-partition", here.partition()),
            said.binary("original-offset", here.offset())),
        said.binary("original-timestamp", timestamp),
        cause == null ? said.text("exception-fqcn") : cause,
        said.text("exception-message"),
        said.text("original-consumer-group"),
        null,
        1,
        Instant.ofEpochMilli(timestamp));
  }

  private static LetterReason ofKafkaConnect(LetterHeaders said, Place here, long timestamp) {
    return new LetterReason(
        KAFKA_CONNECT,
        new Place(
            said.text("topic"),
            (int) said.number("partition", here.partition()),
            said.number("offset", here.offset())),
        timestamp,
        said.text("exception.class.name"),
        said.text("exception.message"),
        said.text("connector.name"),
        said.text("stage"),
        1,
        Instant.ofEpochMilli(timestamp));
  }

  private static Instant instant(String text, long otherwise) {
    try {
      return Instant.parse(text == null ? "" : text);
    } catch (DateTimeException e) {
      return Instant.ofEpochMilli(otherwise);
    }
  }

  /** The exception's name for people: {@code IdConflictException} is {@code id-conflict}. */
  String name() {
    if (exception == null) {
      return "unknown";
    }
    String simple =
        exception.substring(Math.max(exception.lastIndexOf('.'), exception.lastIndexOf('$')) + 1);
    return simple
        .replaceAll("(?<=.)(Exception|Error)$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** The same for all that failed in the same step for a reason of the same class. */
  String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  "%s\n%s\n%s".formatted(exception, route, step).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
