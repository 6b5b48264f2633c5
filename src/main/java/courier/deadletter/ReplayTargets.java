package courier.deadletter;

import courier.http.Refusal;
import courier.kafka.Kafka;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics that a replay may go to: those that are named. What a record's headers say is a
 * stranger's word.
 */
public final class ReplayTargets {
  private static final long FRESH_NANOS = 2_000_000_000L;

  private record Known(List<TopicPartitionInfo> partitions, long at) {}

  private final Kafka kafka;
  private final List<String> topics;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * @param topics comma-separated
   */
  public ReplayTargets(Kafka kafka, String topics) {
    this.kafka = kafka;
    this.topics =
        Arrays.stream(topics.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  public List<String> topics() {
    return topics;
  }

  /**
   * @param topic null when nobody knows where the letter is from
   * @throws Refusal 409, saying what to do
   */
  public void require(String topic) {
    if (topic == null) {
      throw new Refusal(
          409,
          "Nothing says where it is from: name the topic to send it to, as {\"topic\": \"…\"}.");
    }
    if (!topics.contains(topic)) {
      throw new Refusal(
          409,
          "Replays go to %s, and this one is for %s: name that in topics.replay-to if it is right."
              .formatted(String.join(", ", topics), topic));
    }
  }

  /**
   * Asks Kafka whether what is sent there can arrive.
   *
   * @param partition null for any
   * @throws NoSuchTargetException when it never will
   * @throws org.apache.kafka.common.errors.RetriableException when it may in a moment
   */
  void requireThere(String topic, Integer partition) throws NoSuchTargetException {
    if (!topics.contains(topic)) {
      throw new NoSuchTargetException("topics.replay-to does not name the topic " + topic);
    }
    List<TopicPartitionInfo> partitions = partitions(topic);
    if (partition != null && (partition < 0 || partition >= partitions.size())) {
      throw new NoSuchTargetException(
          "the topic %s has no partition %d".formatted(topic, partition));
    }
    if (partition != null && partitions.get(partition).leader() == null) {
      throw new LeaderNotAvailableException(
          "no broker leads partition %d of %s".formatted(partition, topic));
    }
  }

  private List<TopicPartitionInfo> partitions(String topic) throws NoSuchTargetException {
    Known last = known.get(topic);
    if (last != null && System.nanoTime() - last.at < FRESH_NANOS) {
      return last.partitions;
    }
    known.remove(topic);
    try {
      TopicDescription description = kafka.describe(topic);
      known.put(topic, new Known(description.partitions(), System.nanoTime()));
      return description.partitions();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new NoSuchTargetException("there is no topic " + topic);
      }
      throw e.getCause() instanceof KafkaException said ? said : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
