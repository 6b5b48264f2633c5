package courier.identity;

import courier.kafka.Kafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What was revoked before a service starts; no token is taken until all of it is known. */
public final class RevocationLog {
  private static final Duration POLL = Duration.ofMillis(200);

  private RevocationLog() {}

  /**
   * Reads it from the beginning up to where it ends now.
   *
   * @throws org.apache.kafka.common.KafkaException when it cannot be read
   */
  public static void read(Kafka kafka, String topic, Revocations into) {
    try (Consumer<byte[], byte[]> consumer = kafka.reader(Map.of())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Set<Map.Entry<TopicPartition, Long>> ends = consumer.endOffsets(all).entrySet();
      while (ends.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(record -> into.take(record.value()));
      }
    }
  }
}
