package courier.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer that is in no group: it reads all partitions, from their last records on. */
final class TailConsumer extends BatchConsumer {
  private final long records;

  /**
   * @param records how many of the last records of a partition to begin with
   */
  TailConsumer(Properties properties, long records, TopicIds topics, ConsumerProgress progress) {
    super(properties, topics, progress, () -> true);
    this.records = records;
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    assign(partitions);
    var first = beginningOffsets(partitions);
    endOffsets(partitions)
        .forEach(
            (partition, end) -> seek(partition, Math.max(end - records, first.get(partition))));
  }

  /** There is no group to commit for; what is read is done with. */
  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    committed(offsets);
  }
}
