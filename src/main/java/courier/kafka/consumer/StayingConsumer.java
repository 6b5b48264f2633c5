package courier.kafka.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that can be in its group, and bring nothing: while its route is suspended, and while
 * somebody takes long over what it has brought. What it cannot read it does not keep.
 */
abstract class StayingConsumer extends KafkaConsumer<Object, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(StayingConsumer.class);

  /** How long nothing that cannot be read is met until that is over; longer than any wait. */
  private static final long READABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Well under any max.poll.interval.ms, at the end of which the group would go on without it. */
  private static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * How long it polls while it brings nothing: somebody may wait until it is replaced, or stopped.
   */
  private static final Duration HELD = Duration.ofMillis(50);

  /** For what is on its way to the group; the broker has what was sent in any case. */
  private static final Duration CLOSE = Duration.ofMillis(100);

  private boolean suspended;
  private long polledAt = System.nanoTime();
  private long readable = System.nanoTime();

  StayingConsumer(Properties properties) {
    super(properties);
  }

  /**
   * The route is suspended, as it is before it stops. Partitions that come only then, in a
   * rebalance, are paused as well: what follows in the route may have stopped.
   */
  @Override
  public void pause(Collection<TopicPartition> partitions) {
    suspended = true;
    super.pause(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    suspended = false;
    super.resume(assignment());
  }

  /**
   * Camel asks when it resumes, to go back there: a position is where it has to be by itself, and
   * who is in no group may not even ask.
   */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
    return Map.of();
  }

  final boolean isSuspended() {
    return suspended;
  }

  /** What has come, or comes within a moment. */
  final ConsumerRecords<Object, Object> fetch() {
    try {
      return super.poll(PollIsBatch.IDLE);
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (Throwable e) {
      readable = System.nanoTime() + READABLE_NANOS;
      dropFetched();
      throw e;
    } finally {
      polledAt = System.nanoTime();
    }
  }

  /** What was fetched and cannot be read is kept, and so is its error, while the position stays. */
  private void dropFetched() {
    Map<TopicPartition, Long> next = new HashMap<>();
    try {
      assignment().forEach(partition -> next.put(partition, position(partition, Duration.ZERO)));
      next.forEach((partition, offset) -> seek(partition, offset + 1));
      super.poll(Duration.ZERO);
    } catch (KafkaException | IllegalStateException | LinkageError e) {
      LOG.debug("Could not drop what was fetched", e);
    } finally {
      next.forEach(this::seekIfHere);
    }
  }

  /** Whether something that cannot be read was met a moment ago. */
  final boolean metUnreadable() {
    return System.nanoTime() - readable < 0;
  }

  /** Polls and brings nothing. */
  final void stay() {
    Set<TopicPartition> held = new HashSet<>(assignment());
    held.removeAll(paused());
    super.pause(held);
    ConsumerRecords<Object, Object> came = super.poll(HELD);
    polledAt = System.nanoTime();
    held.retainAll(assignment());
    super.resume(held);
    // Of partitions that came meanwhile.
    came.partitions().forEach(p -> seekIfHere(p, came.records(p).get(0).offset()));
  }

  /**
   * To be called now and then on the polling thread by who takes long over a batch: it keeps the
   * consumer in its group. What it may have lost to another one cannot be committed then.
   */
  void stayInGroup() {
    if (System.nanoTime() - polledAt > STAY_NANOS) {
      stay();
    }
  }

  /** Does not wait for a fetch that waits at a broker until there are records. */
  @Override
  public void close() {
    super.close(CloseOptions.timeout(CLOSE));
  }

  final void seekIfHere(TopicPartition partition, long offset) {
    if (assignment().contains(partition)) {
      seek(partition, offset);
    }
  }
}
