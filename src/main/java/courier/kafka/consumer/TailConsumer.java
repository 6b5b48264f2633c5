package courier.kafka.consumer;

import courier.kafka.TopicIds;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** A consumer that is in no group: it reads all partitions, from their last records on. */
final class TailConsumer extends BatchConsumer {
  /** The metadata, which it looks into, is asked for less often. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long records;
  private Collection<String> topics = Set.of();
  private long looked;

  /**
   * @param records how many of the last records of a partition to begin with
   */
  TailConsumer(Properties properties, long records, TopicIds topics, ConsumerProgress progress) {
    super(properties, topics, progress, () -> true);
    this.records = records;
  }

  @Override
  public void subscribe(Collection<String> names, ConsumerRebalanceListener listener) {
    topics = names;
    assignAll();
  }

  @Override
  public ConsumerRecords<Object, Object> poll(Duration timeout) {
    if (System.nanoTime() - looked > LOOK_NANOS) {
      try {
        assignAll();
      } catch (RetriableException e) {
        looked = System.nanoTime(); // what it has goes on
      }
    }
    return super.poll(timeout);
  }

  /** A topic gets more partitions, or is made again with fewer. */
  private void assignAll() {
    Set<TopicPartition> all =
        topics.stream()
            .flatMap(topic -> partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .collect(Collectors.toSet());
    Set<TopicPartition> others = new HashSet<>(all);
    others.removeAll(assignment());
    if (!all.isEmpty() && !all.equals(assignment())) {
      assign(all);
      var first = beginningOffsets(others);
      endOffsets(others)
          .forEach(
              (partition, end) -> seek(partition, Math.max(end - records, first.get(partition))));
    }
    looked = System.nanoTime();
  }

  /** There is no group to commit for; what is read is done with. */
  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    committed(offsets);
  }
}
