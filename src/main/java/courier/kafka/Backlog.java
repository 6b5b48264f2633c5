package courier.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * How much of a topic a group has still to read. Between where it is and the end there may be
 * nothing that anybody reads: the marks of transactions, and what was in those that were aborted.
 * So a partition that seems to be behind is looked at.
 */
public final class Backlog {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Kafka kafka;
  private final Map<String, Object> consumer;
  private final String topic;
  private final String group;
  private Behind counted;
  private long countedAt;

  public Backlog(Kafka kafka, String topic, String group) {
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
    consumer =
        Map.of(
            "client.id",
            "courier-backlog",
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "default.api.timeout.ms",
            (int) TIMEOUT.toMillis(),
            "max.partition.fetch.bytes",
            4096,
            "fetch.max.bytes",
            65536);
    countedAt = System.nanoTime() - FRESH_NANOS;
  }

  /**
   * One question at a time, and each answer for a second, as anybody may ask.
   *
   * @return how many records at most; 0 only when there are none
   * @throws KafkaException when Kafka does not answer
   */
  public long records() throws InterruptedException {
    return behind().records();
  }

  /**
   * The same, and since when it is so.
   *
   * @param oldest when the first of the records was written; null when there is none, or it was not
   *     seen in time
   */
  public record Behind(long records, Instant oldest) {}

  /**
   * @throws KafkaException when Kafka does not answer
   */
  public synchronized Behind behind() throws InterruptedException {
    if (System.nanoTime() - countedAt >= FRESH_NANOS) {
      try {
        counted = count();
      } catch (ExecutionException e) {
        throw new KafkaException(e.getCause());
      }
      countedAt = System.nanoTime();
    }
    return counted;
  }

  private Behind count() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = kafka.ends(topic);
    Map<TopicPartition, OffsetAndMetadata> positions = kafka.positions(group);
    Map<TopicPartition, Long> behind = new HashMap<>();
    for (TopicPartition partition : ends.keySet()) {
      OffsetAndMetadata position = positions.get(partition);
      long next = position == null ? 0 : position.offset();
      if (next < ends.get(partition)) {
        behind.put(partition, next);
      }
    }
    return behind.isEmpty() ? new Behind(0, null) : look(behind, ends);
  }

  /** Looks for the first record to be read of each of these partitions that has one. */
  private Behind look(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> first = new HashMap<>();
    long oldest = Long.MAX_VALUE;
    Set<TopicPartition> open = new HashSet<>(from.keySet());
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try (Consumer<byte[], byte[]> reader = kafka.reader(consumer)) {
      reader.assign(open);
      from.forEach(reader::seek);
      while (!open.isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(100))) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          if (first.putIfAbsent(partition, record.offset()) == null) {
            oldest = Math.min(oldest, record.timestamp());
          }
        }
        open.removeIf(p -> first.containsKey(p) || reader.position(p) >= ends.get(p));
        reader.assign(open);
      }
    }
    // What was not looked at in time is taken for unread.
    open.forEach(partition -> first.put(partition, from.get(partition)));
    long records = 0;
    for (Map.Entry<TopicPartition, Long> next : first.entrySet()) {
      records += ends.get(next.getKey()) - next.getValue();
    }
    return new Behind(records, oldest == Long.MAX_VALUE ? null : Instant.ofEpochMilli(oldest));
  }
}
