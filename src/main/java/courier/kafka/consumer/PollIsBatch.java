package courier.kafka.consumer;

import courier.kafka.Kafka;
import courier.kafka.TopicIds;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Makes what one poll of Kafka brings one batch of {@code kafka:…?batching=true&pollTimeoutMs=0},
 * and {@code kafka:…?additionalProperties.tail=1000} a reader of all partitions that is in no
 * group, from the last thousand records on.
 *
 * <p>Camel hands a batch on when it is full or when a poll comes back empty, so that a timeout to
 * poll with is either latency (long) or a busy loop (short). Here an empty poll follows at once on
 * each one that brought records, and all others wait until there are some.
 */
public final class PollIsBatch extends DefaultKafkaClientFactory {
  private static final String TAIL = "tail";

  private final Kafka kafka;
  private final Progress progress;
  private final BooleanSupplier storeAnswers;

  /**
   * @param storeAnswers asked for by who does not get on; true when there is no store
   */
  public PollIsBatch(Kafka kafka, Progress progress, BooleanSupplier storeAnswers) {
    this.kafka = kafka;
    this.progress = progress;
    this.storeAnswers = storeAnswers;
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Camel
  public Consumer getConsumer(Properties properties) {
    TopicIds topics = new TopicIds(kafka::topicId);
    ConsumerProgress own = progress.of(name(properties));
    if (!properties.containsKey(TAIL)) {
      return new BatchConsumer(properties, topics, own, storeAnswers);
    }
    Properties ungrouped = new Properties();
    ungrouped.putAll(properties);
    ungrouped.remove(ConsumerConfig.GROUP_ID_CONFIG);
    long records = Long.parseLong(ungrouped.remove(TAIL).toString());
    return new TailConsumer(ungrouped, records, topics, own);
  }

  private static String name(Properties properties) {
    Object client = properties.get(ConsumerConfig.CLIENT_ID_CONFIG);
    return (client == null ? properties.get(ConsumerConfig.GROUP_ID_CONFIG) : client).toString();
  }
}
