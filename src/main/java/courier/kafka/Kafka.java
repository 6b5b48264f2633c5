package courier.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The administrator's view of Kafka: whether it is there, and up to where topics reach and groups
 * have read. What is not answered in 5 s fails.
 */
public final class Kafka implements AutoCloseable {
  private static final int PING_MILLIS = 2000;

  /** Kafka's own 60 s are longer than a person, or a probe, waits. */
  private static final int ANSWER_MILLIS = 5000;

  /** At first, for what a broker says it does not know yet; it doubles. */
  private static final int BACKOFF_MILLIS = 20;

  /**
   * As many as there is time for. A lookup, of a leader or a coordinator that is not there, is
   * tried again without any pause: thousands of times a second, if nobody counts.
   */
  private static final int RETRIES = 10;

  private static final int LOOKUP_PAUSE_MILLIS = 50;

  private final String brokers;
  private final ClientProperties clients;
  private final Admin admin;

  /**
   * @param clients what each client is told, this one and those of the routes
   */
  public Kafka(String brokers, ClientProperties clients) {
    this.brokers = brokers;
    this.clients = clients;
    TokenLogin.allow(clients);
    admin =
        Admin.create(
            clients.admin(
                Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    brokers,
                    AdminClientConfig.CLIENT_ID_CONFIG,
                    "courier",
                    AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                    BACKOFF_MILLIS,
                    AdminClientConfig.RETRIES_CONFIG,
                    RETRIES,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    ANSWER_MILLIS,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    ANSWER_MILLIS)));
  }

  public ClientProperties clients() {
    return clients;
  }

  /** A consumer of bytes that is in no group. */
  public Consumer<byte[], byte[]> reader(Map<String, Object> own) {
    Map<String, Object> properties = new HashMap<>(own);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return new KafkaConsumer<>(
        clients.consumer(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Admin admin() {
    return admin;
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
    lookedUp(PING_MILLIS, () -> admin.listOffsets(latest, committed).all())
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

  KafkaFuture<TopicDescription> description(String topic) {
    return admin
        .describeTopics(
            List.of(topic),
            new DescribeTopicsOptions().timeoutMs(PING_MILLIS).includeAuthorizedOperations(true))
        .topicNameValues()
        .get(topic);
  }

  /** Up to where a group has read. */
  public Map<TopicPartition, OffsetAndMetadata> positions(String group)
      throws ExecutionException, InterruptedException {
    return lookedUp(
        ANSWER_MILLIS, () -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
  }

  /** A group's members, and what may be done with it. */
  ConsumerGroupDescription group(String group) throws ExecutionException, InterruptedException {
    DescribeConsumerGroupsOptions rights =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    return lookedUp(
        ANSWER_MILLIS,
        () -> admin.describeConsumerGroups(List.of(group), rights).describedGroups().get(group));
  }

  /** What needs a lookup first, which may have to be tried for a while. */
  private static <T> T lookedUp(int millis, Supplier<KafkaFuture<T>> question)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      try {
        return question.get().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TimeoutException) || System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOKUP_PAUSE_MILLIS);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO); // who would get an answer is gone
  }
}
