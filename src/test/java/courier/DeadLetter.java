package courier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record of the dead-letter topic, and what its headers say. */
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
  private static final String PREFIX = "dead-letter-";

  /** The one of the record that had this offset, once it is there. */
  static DeadLetter of(String brokers, long offset) {
    List<DeadLetter> letters =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> all(brokers, offset), found -> !found.isEmpty());
    assertEquals(1, letters.size());
    return letters.get(0);
  }

  private static List<DeadLetter> all(String brokers, long offset) {
    return Records.of(brokers, "dead-letter-topic").stream()
        .map(DeadLetter::new)
        .filter(letter -> String.valueOf(offset).equals(letter.says("original-offset")))
        .toList();
  }

  /** The header dead-letter-(name), or null, as a letter need not be Courier's own. */
  String says(String name) {
    Header header = record.headers().lastHeader(PREFIX + name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  String value() {
    return new String(record.value(), UTF_8);
  }

  List<String> originalHeaders() {
    return texts(
        Arrays.stream(record.headers().toArray()).filter(h -> !h.key().startsWith(PREFIX)));
  }

  static List<String> texts(Stream<Header> headers) {
    return headers.map(header -> header.key() + "=" + Arrays.toString(header.value())).toList();
  }
}
