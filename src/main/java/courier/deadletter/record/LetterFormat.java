package courier.deadletter.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How to read dead letters. On Courier's own topic only what Courier itself wrote counts; whatever
 * else a record brings along is its sender's, and kept as it is. On other topics read are the
 * headers of Spring Kafka's DeadLetterPublishingRecoverer ({@code kafka_dlt-*}), of its
 * {@code @RetryableTopic} ({@code kafka_original-*}), of Spring Cloud Stream ({@code x-original-*})
 * and of Kafka Connect ({@code __connect.errors.*}, KIP-298).
 */
public record LetterFormat(String own) {
  /** Courier writes it first of its headers, and those behind the original record's. */
  static final String FIRST = Letters.PREFIX + "original-topic";

  private static final String CONNECT = "__connect.errors.";
  private static final Pattern CONNECT_HEADERS = Pattern.compile("__connect\\.errors\\..*");

  /** The end of the year 9999, in milliseconds since 1970. */
  private static final long LATEST = 253_402_300_799_999L;

  private record Spring(String prefix, Pattern headers) {
    Spring(String prefix, String headers) {
      this(prefix, Pattern.compile(headers));
    }
  }

  private static final List<Spring> SPRING =
      List.of(
          new Spring("kafka_dlt-", "kafka_dlt-.*"),
          new Spring("kafka_", "(kafka_(original|(key-)?exception|dlt)-|retry_topic-).*"),
          new Spring(
              "x-",
              "x-original-(topic|partition|offset|timestamp(-type)?)"
                  + "|x-exception-(message|fqcn|stacktrace)|kafka_dlt-.*"));

  /** What the headers of a record of a dead-letter topic say. */
  public LetterReason read(Message letter) {
    List<Header> headers =
        Arrays.asList(letter.getHeader(KafkaConstants.HEADERS, Headers.class).toArray());
    Instant written = time(letter.getHeader(KafkaConstants.TIMESTAMP, Long.class), Instant.EPOCH);
    if (isOwn(letter)) {
      return courier(headers, written);
    }
    for (Spring spring : SPRING) {
      LetterHeaders said = new LetterHeaders(headers, spring.prefix);
      if (said.has("original-topic")) {
        return spring(said, without(headers, spring.headers), written);
      }
    }
    LetterHeaders said = new LetterHeaders(headers, CONNECT);
    return said.has("topic")
        ? connect(said, without(headers, CONNECT_HEADERS), written)
        : LetterReason.unknown(headers, written);
  }

  public boolean isOwn(Message letter) {
    return own.equals(letter.getHeader(KafkaConstants.TOPIC));
  }

  private static LetterReason courier(List<Header> headers, Instant written) {
    int first = headers.size() - 1;
    while (first >= 0 && !headers.get(first).key().equals(FIRST)) {
      first--;
    }
    if (first < 0) {
      return LetterReason.unknown(headers, written);
    }
    LetterHeaders said = new LetterHeaders(headers.subList(first, headers.size()), Letters.PREFIX);
    Long attempts = said.position("attempts");
    return new LetterReason(
        headers.subList(0, first),
        origin(said, "original-").of(said.text("original-topic-id")),
        time(said.number("original-timestamp"), written),
        said.text("exception"),
        said.text("message"),
        said.text("route"),
        said.text("step"),
        attempts == null ? 1 : attempts,
        time(said.text("failed-at"), written),
        LetterSize.omitted(said));
  }

  private static LetterReason spring(LetterHeaders said, List<Header> original, Instant written) {
    String cause = said.text("exception-cause-fqcn");
    Long attempts = new LetterHeaders(said.headers(), "retry_topic-").position("attempts");
    String group = said.text("original-consumer-group");
    return new LetterReason(
        original,
        origin(said, "original-"),
        time(said.number("original-timestamp"), written),
        cause == null ? said.text("exception-fqcn") : cause,
        said.text("exception-message"),
        group == null
            ? new LetterHeaders(said.headers(), "kafka_dlt-").text("original-consumer-group")
            : group,
        null,
        attempts == null ? 1 : attempts,
        written,
        Map.of());
  }

  private static LetterReason connect(LetterHeaders said, List<Header> original, Instant written) {
    return new LetterReason(
        original,
        origin(said, ""),
        written,
        said.text("exception.class.name"),
        said.text("exception.message"),
        said.text("connector.name"),
        said.text("stage"),
        1,
        written,
        Map.of());
  }

  private static Origin origin(LetterHeaders said, String kind) {
    return new Origin(
        said.text(kind + "topic"),
        said.partition(kind + "partition"),
        said.position(kind + "offset"),
        null);
  }

  private static List<Header> without(List<Header> headers, Pattern names) {
    return headers.stream().filter(header -> !names.matcher(header.key()).matches()).toList();
  }

  /** A time that can be stored and shown, in milliseconds since 1970. */
  private static Instant time(Long millis, Instant otherwise) {
    return millis == null || millis < 0 || millis > LATEST
        ? otherwise
        : Instant.ofEpochMilli(millis);
  }

  private static Instant time(String text, Instant otherwise) {
    try {
      return time(Instant.parse(text == null ? "" : text).toEpochMilli(), otherwise);
    } catch (DateTimeException | ArithmeticException e) {
      return otherwise;
    }
  }
}
