package courier.deadletter.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Dead letters as other frameworks write them, and what of a record nobody believes. */
class LetterFormatTest {
  private static final Origin ORIGIN = new Origin("orders", 3, 17L, null);

  private static Header text(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  private static Header four(String name, int value) {
    return new RecordHeader(name, ByteBuffer.allocate(4).putInt(value).array());
  }

  private static Header eight(String name, long value) {
    return new RecordHeader(name, ByteBuffer.allocate(8).putLong(value).array());
  }

  private static LetterReason read(String topic, Header... headers) {
    Message record = new DefaultMessage(new DefaultCamelContext());
    record.setHeader(KafkaConstants.TOPIC, topic);
    record.setHeader(KafkaConstants.TIMESTAMP, 1_700_000_000_000L);
    record.setHeader(KafkaConstants.HEADERS, new RecordHeaders(headers));
    return new LetterFormat("dead-letter-topic").read(record);
  }

  private static List<String> names(LetterReason reason) {
    return reason.original().stream().map(Header::key).toList();
  }

  @Test
  void readsWhatSpringKafkaWrites() {
    LetterReason reason =
        read(
            "orders.DLT",
            text("source", "shop"),
            text("kafka_dlt-original-topic", "orders"),
            four("kafka_dlt-original-partition", 3),
            eight("kafka_dlt-original-offset", 17),
            eight("kafka_dlt-original-timestamp", 1_600_000_000_000L),
            text("kafka_dlt-original-consumer-group", "billing"),
            text("kafka_dlt-exception-fqcn", "org.springframework.Wrapper"),
            text("kafka_dlt-exception-cause-fqcn", "java.lang.IllegalStateException"),
            text("kafka_dlt-exception-message", "no stock"));
    assertEquals(ORIGIN, reason.origin());
    assertEquals(1_600_000_000_000L, reason.written().toEpochMilli());
    assertEquals("java.lang.IllegalStateException", reason.exception());
    assertEquals("billing", reason.route());
    assertEquals(List.of("source"), names(reason));
  }

  @Test
  void anExceptionWithoutANameIsUnknown() {
    LetterReason reason =
        read(
            "orders.DLT",
            text("kafka_dlt-original-topic", "orders"),
            text("kafka_dlt-exception-fqcn", ""));
    assertEquals("unknown", reason.name());
  }

  @Test
  void readsWhatRetryableTopicWrites() {
    LetterReason reason =
        read(
            "orders-dlt",
            text("kafka_correlationId", "c"),
            text("kafka_original-topic", "orders"),
            four("kafka_original-partition", 3),
            eight("kafka_original-offset", 17),
            eight("kafka_original-timestamp", 1_600_000_000_000L),
            text("kafka_original-timestamp-type", "CREATE_TIME"),
            text("kafka_dlt-original-consumer-group", "billing"),
            text("kafka_exception-fqcn", "org.springframework.Wrapper"),
            text("kafka_exception-cause-fqcn", "java.lang.IllegalStateException"),
            text("kafka_exception-message", "no stock"),
            text("kafka_exception-stacktrace", "at ..."),
            four("retry_topic-attempts", 4),
            eight("retry_topic-original-timestamp", 1_600_000_000_000L),
            eight("retry_topic-backoff-timestamp", 1_600_000_000_000L));
    assertEquals(ORIGIN, reason.origin());
    assertEquals(1_600_000_000_000L, reason.written().toEpochMilli());
    assertEquals("java.lang.IllegalStateException", reason.exception());
    assertEquals("no stock", reason.message());
    assertEquals("billing", reason.route());
    assertEquals(4, reason.attempts());
    assertEquals(List.of("kafka_correlationId"), names(reason));
  }

  @Test
  void readsWhatSpringCloudStreamWritesAsBytesOrAsText() {
    for (boolean asText : List.of(true, false)) {
      LetterReason reason =
          read(
              "error.orders.billing",
              text("x-original-uri", "/cart"),
              text("x-original-topic", "orders"),
              asText ? text("x-original-partition", "3") : four("x-original-partition", 3),
              asText ? text("x-original-offset", "17") : eight("x-original-offset", 17),
              asText
                  ? text("x-original-timestamp", "1600000000000")
                  : eight("x-original-timestamp", 1_600_000_000_000L),
              text("x-original-timestamp-type", "CREATE_TIME"),
              text("x-exception-fqcn", "java.lang.IllegalStateException"),
              text("x-exception-message", "no stock"),
              text("x-exception-stacktrace", "at ..."));
      assertEquals(ORIGIN, reason.origin());
      assertEquals(1_600_000_000_000L, reason.written().toEpochMilli());
      assertEquals("illegal-state", reason.name());
      assertEquals(List.of("x-original-uri"), names(reason));
    }
  }

  @Test
  void readsWhatKafkaConnectWrites() {
    LetterReason reason =
        read(
            "connect-dlq",
            text("__connect.errors.topic", "orders"),
            text("__connect.errors.partition", "3"),
            text("__connect.errors.offset", "17"),
            text("__connect.errors.stage", "VALUE_CONVERTER"),
            text("__connect.errors.exception.class.name", "a.DataException"));
    assertEquals(ORIGIN, reason.origin());
    assertEquals("VALUE_CONVERTER", reason.step());
    assertEquals(List.of(), names(reason));
  }

  @Test
  void nobodyKnowsWhereALetterWithoutSuchHeadersIsFrom() {
    for (String topic : List.of("orders.DLT", "dead-letter-topic")) {
      LetterReason reason = read(topic, text("source", "shop"));
      assertEquals(Origin.UNKNOWN, reason.origin());
      assertEquals(List.of("source"), names(reason));
    }
  }

  @Test
  void onItsOwnTopicOnlyWhatCourierWroteCounts() {
    LetterReason reason =
        read(
            "dead-letter-topic",
            text("kafka_dlt-original-topic", "payments"),
            text("__connect.errors.topic", "payments"),
            text("dead-letter-original-topic", "payments"),
            text("dead-letter-step", "mine"),
            text("dead-letter-original-topic", "orders"),
            text("dead-letter-original-partition", "3"),
            text("dead-letter-original-offset", "17"),
            text("dead-letter-attempts", "2"));
    assertEquals(ORIGIN, reason.origin());
    assertNull(reason.step());
    assertEquals(2, reason.attempts());
    assertEquals(4, reason.original().size());
    assertEquals(
        Origin.UNKNOWN,
        read("dead-letter-topic", text("kafka_dlt-original-topic", "payments")).origin());
  }

  @Test
  void whatIsNoPlaceOrTimeIsNotTakenForOne() {
    LetterReason reason =
        read(
            "dead-letter-topic",
            text("dead-letter-original-topic", "orders"),
            text("dead-letter-original-partition", "99999999999"),
            text("dead-letter-original-offset", "-1"),
            text("dead-letter-original-timestamp", "9223372036854775807"),
            text("dead-letter-failed-at", "+1000000000-12-31T23:59:59Z"));
    assertEquals(new Origin("orders", null, null, null), reason.origin());
    assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), reason.written());
    assertEquals(Instant.ofEpochMilli(1_700_000_000_000L), reason.failedAt());
  }
}
