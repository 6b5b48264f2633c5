package courier.kafka.consumer;

import courier.kafka.TopicIds;
import courier.kafka.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer whose polls with a timeout of 0 wait until there are records, and are followed by one
 * that is empty.
 *
 * <p>What has not been asked to be committed when it polls again comes again, after waits that
 * grow. Meanwhile it stays in its group and holds up no rebalance; only when the store is away from
 * here it leaves its partitions to others until the store is back.
 */
class BatchConsumer extends KafkaConsumer<Object, Object> implements TopicReader {
  private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

  /** How long nothing has come, after a failure, until that is no more of this consumer's. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** How long nothing that cannot be read is met until that is over; longer than any wait. */
  private static final long READABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Well under any max.poll.interval.ms, at the end of which the group would go on without it. */
  private static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  private final ConsumerProgress progress;
  private final TopicIds topics;
  private final BooleanSupplier storeAnswers;
  private final OpenBatch open = new OpenBatch();
  private Runnable joinGroup = () -> {};
  private boolean outOfGroup;
  private boolean suspended;
  private boolean handOn;
  private int unanswered;
  private long answeredAt;
  private boolean commitAgain;
  private long notBefore = System.nanoTime();
  private long polledAt = System.nanoTime();
  private long readable = System.nanoTime();

  BatchConsumer(
      Properties properties, TopicIds topics, ConsumerProgress progress, BooleanSupplier store) {
    super(properties);
    this.topics = topics;
    this.progress = progress;
    this.storeAnswers = store;
    progress.reads(true);
  }

  @Override
  public Uuid topicId(String topic) {
    return topics.of(topic);
  }

  @Override
  public void subscribe(Collection<String> names, ConsumerRebalanceListener listener) {
    joinGroup = () -> super.subscribe(names, listener);
    joinGroup.run();
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

  @Override
  public ConsumerRecords<Object, Object> poll(Duration timeout) {
    if (!timeout.isZero()) {
      return super.poll(timeout);
    }
    if (suspended) {
      stay();
      return ConsumerRecords.empty();
    }
    if (handOn) {
      handOn = false;
      return ConsumerRecords.empty();
    }
    progress.polled();
    try {
      commitOnceMore();
      if (!open.isDone()) {
        comeAgain(open.giveBack());
      }
      ConsumerRecords<Object, Object> records =
          outOfGroup || System.nanoTime() < notBefore ? await() : read();
      handOn = !records.isEmpty();
      return records;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (Throwable e) { // an Error too, such as that of a library that cannot be loaded
      progress.failed(e);
      comeAgain(commitAgain ? open.giveBackUncommitted() : open.giveBack());
      commitAgain = false;
      return ConsumerRecords.empty();
    }
  }

  private ConsumerRecords<Object, Object> read() throws ExecutionException, InterruptedException {
    ConsumerRecords<Object, Object> records = fetch();
    open.add(records);
    Set<String> again = topics.madeAgain(records);
    if (!again.isEmpty()) {
      LOG.warn("{} was made again, reading it from its beginning", again);
      open.giveBackUncommitted().forEach(this::seekIfHere);
      seekToBeginning(assignment().stream().filter(p -> again.contains(p.topic())).toList());
      return ConsumerRecords.empty();
    }
    if (!records.isEmpty()) {
      progress.busy();
    } else if (System.nanoTime() - notBefore > QUIET_NANOS) {
      open.forgetBehind();
      progress.idle(); // what came again is somebody else's now
    }
    return records;
  }

  private ConsumerRecords<Object, Object> fetch() {
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

  private void comeAgain(Map<TopicPartition, Long> from) {
    from.forEach(this::seekIfHere);
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(progress.again());
    if (progress.hasFailedForLong() && !storeAnswers.getAsBoolean()) {
      LOG.warn("Leaving the partitions to other instances until the store answers here");
      outOfGroup = true;
      unsubscribe();
    }
  }

  private void seekIfHere(TopicPartition partition, long offset) {
    if (assignment().contains(partition)) {
      seek(partition, offset);
    }
  }

  private ConsumerRecords<Object, Object> await() {
    if (!outOfGroup) {
      stay();
    } else if (System.nanoTime() > notBefore && storeAnswers.getAsBoolean()) {
      outOfGroup = false;
      joinGroup.run();
    } else {
      LockSupport.parkNanos(PollIsBatch.IDLE.toNanos());
    }
    return ConsumerRecords.empty();
  }

  /** Polls and brings nothing. */
  private void stay() {
    Set<TopicPartition> held = new HashSet<>(assignment());
    held.removeAll(paused());
    super.pause(held);
    ConsumerRecords<Object, Object> came = super.poll(PollIsBatch.IDLE);
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

  /**
   * Commits without waiting, so that the next batch need not: what Kafka refuses, or leaves
   * unanswered for 5 s, is committed once more before the next poll, and else comes again.
   */
  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    open.commits(offsets);
    super.commitAsync(
        offsets,
        (same, failure) -> {
          answered(same, failure);
          if (callback != null) {
            callback.onComplete(same, failure);
          }
        });
    if (unanswered++ == 0) {
      answeredAt = System.nanoTime();
    }
  }

  private void answered(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    unanswered--;
    answeredAt = System.nanoTime();
    if (failure == null) {
      committed(offsets);
    } else {
      LOG.debug("Not committed at once", failure);
      commitAgain = true;
    }
  }

  private void commitOnceMore() {
    commitAgain |= unanswered > 0 && System.nanoTime() - answeredAt > COMMIT_TIMEOUT.toNanos();
    if (commitAgain) {
      Map<TopicPartition, OffsetAndMetadata> offsets = open.uncommitted(assignment());
      commitSync(offsets, COMMIT_TIMEOUT);
      commitAgain = false;
      committed(offsets);
    }
  }

  final void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    open.committed(offsets);
    if (open.isDone()) {
      if (open.isBehind(assignment()) || System.nanoTime() - readable < 0) {
        progress.someGotOn();
      } else {
        progress.gotOn();
      }
    }
  }

  @Override
  public void close() {
    progress.reads(false);
    super.close();
  }
}
