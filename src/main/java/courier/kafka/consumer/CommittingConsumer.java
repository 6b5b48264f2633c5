package courier.kafka.consumer;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer that knows what of a batch is committed, and what has to be once more. */
abstract class CommittingConsumer extends StayingConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(CommittingConsumer.class);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

  final OpenBatch open = new OpenBatch();
  private int unanswered;
  private long answeredAt;
  private boolean commitAgain;

  CommittingConsumer(Properties properties) {
    super(properties);
  }

  /** Kafka has taken a commit. */
  abstract void committed(Map<TopicPartition, OffsetAndMetadata> offsets);

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

  /** What Kafka has not taken, if there is any; waits for its answer. */
  final void commitOnceMore() {
    commitAgain |= unanswered > 0 && System.nanoTime() - answeredAt > COMMIT_TIMEOUT.toNanos();
    if (commitAgain) {
      Map<TopicPartition, OffsetAndMetadata> offsets = open.uncommitted(assignment());
      commitSync(offsets, COMMIT_TIMEOUT);
      commitAgain = false;
      committed(offsets);
    }
  }

  /** From where on to read again what is not committed. */
  final Map<TopicPartition, Long> giveBack() {
    boolean refused = commitAgain;
    commitAgain = false;
    return refused ? open.giveBackUncommitted() : open.giveBack();
  }
}
