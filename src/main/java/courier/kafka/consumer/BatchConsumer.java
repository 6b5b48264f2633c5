package courier.kafka.consumer;

import courier.kafka.TopicIds;
import courier.kafka.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
class BatchConsumer extends CommittingConsumer implements TopicReader {
  private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

  /** How long nothing has come, after a failure, until that is no more of this consumer's. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final ConsumerProgress progress;
  private final TopicIds topics;
  private final BooleanSupplier storeAnswers;
  private Runnable joinGroup = () -> {};
  private boolean outOfGroup;
  private boolean handOn;
  private long notBefore = System.nanoTime();

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

  @Override
  public ConsumerRecords<Object, Object> poll(Duration timeout) {
    if (!timeout.isZero()) {
      return super.poll(timeout);
    }
    if (isSuspended()) {
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
      comeAgain(giveBack());
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

  private void comeAgain(Map<TopicPartition, Long> from) {
    from.forEach(this::seekIfHere);
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(progress.again());
    if (progress.hasFailedForLong() && !storeAnswers.getAsBoolean()) {
      LOG.warn("Leaving the partitions to other instances until the store answers here");
      outOfGroup = true;
      unsubscribe();
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

  @Override
  final void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    open.committed(offsets);
    if (open.isDone()) {
      if (open.isBehind(assignment()) || metUnreadable()) {
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
