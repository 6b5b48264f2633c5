package courier.reload.shadow;

import courier.kafka.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The last records of a topic, read in no group. */
final class ShadowRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long MOST_NANOS = Duration.ofSeconds(10).toNanos();

  private ShadowRecords() {}

  /**
   * @param last how many, of all partitions together
   * @return the oldest first, as far as their times tell
   */
  static List<ConsumerRecord<byte[], byte[]>> read(Kafka kafka, String topic, int last) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> committed = Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (Consumer<byte[], byte[]> consumer = kafka.reader(committed)) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> first = consumer.beginningOffsets(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      ends.forEach(
          (partition, end) -> consumer.seek(partition, Math.max(first.get(partition), end - last)));
      long deadline = System.nanoTime() + MOST_NANOS;
      while (System.nanoTime() - deadline < 0
          && ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    return List.copyOf(records.subList(Math.max(0, records.size() - last), records.size()));
  }
}
