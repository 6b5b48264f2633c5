package courier.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** A consumer that is in no group: it reads all partitions, from their last records on. */
final class TailConsumer extends BatchConsumer {
  private final long records;

  /**
   * @param records how many of the last records of a partition to begin with
   */
  TailConsumer(Properties properties, long records) {
    super(properties);
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
}
