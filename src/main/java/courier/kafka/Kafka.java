package courier.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's view of Kafka: whether it is there, and the topics. What is not answered in 5
 * s fails.
 */
public final class Kafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kafka.class);
  private static final int PARTITIONS = 6;
  private static final String LARGEST = "67108864";
  private static final int PING_MILLIS = 2000;

  /** Kafka's own 60 s are longer than a person, or a probe, waits. */
  private static final int ANSWER_MILLIS = 5000;

  private final Admin admin;

  public Kafka(String brokers) {
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "courier",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS));
  }

  /** Asks the brokers for a sign of life. */
  public void ping() throws ExecutionException, InterruptedException {
    admin.describeCluster(new DescribeClusterOptions().timeoutMs(PING_MILLIS)).nodes().get();
  }

  /** Up to where each partition of a topic can be read: what is not committed yet is behind it. */
  public Map<TopicPartition, Long> ends(String topic)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    describe(topic)
        .partitions()
        .forEach(p -> latest.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
    ListOffsetsOptions committed =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(PING_MILLIS);
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, committed)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** A topic's partitions, and who leads them. */
  public TopicDescription describe(String topic) throws ExecutionException, InterruptedException {
    return description(topic).get();
  }

  /** A topic's id, which no other one ever has. */
  public Future<Uuid> topicId(String topic) {
    return description(topic).thenApply(TopicDescription::topicId);
  }

  private KafkaFuture<TopicDescription> description(String topic) {
    return admin
        .describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(PING_MILLIS))
        .topicNameValues()
        .get(topic);
  }

  /** Up to where a group has read. */
  public Map<TopicPartition, OffsetAndMetadata> positions(String group)
      throws ExecutionException, InterruptedException {
    return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
  }

  /**
   * Makes the topics if they are missing. Dead letters stay for as long as nobody deletes them.
   * What was stored is needed for no longer than it takes to push it.
   *
   * @throws ExecutionException when Kafka has gone away meanwhile
   */
  public void createTopics(String messages, String deadLetters, String stored)
      throws ExecutionException, InterruptedException {
    boolean made = create(new NewTopic(messages, Optional.of(PARTITIONS), Optional.empty()));
    int partitions = made ? PARTITIONS : describe(messages).partitions().size();
    create(
        new NewTopic(deadLetters, Optional.of(PARTITIONS), Optional.empty())
            .configs(Map.of("retention.ms", "-1", "max.message.bytes", LARGEST)));
    create(
        new NewTopic(stored, Optional.of(partitions), Optional.empty())
            .configs(
                Map.of(
                    "retention.ms", "3600000",
                    "segment.bytes", LARGEST,
                    "max.message.bytes", LARGEST)));
  }

  private boolean create(NewTopic topic) throws ExecutionException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException) {
        throw e;
      }
      if (!(e.getCause() instanceof TopicExistsException)) {
        LOG.warn(
            "Could not make the topic {}, which is fine if it exists: {}",
            topic.name(),
            e.getCause().getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO); // who would get an answer is gone
  }
}
