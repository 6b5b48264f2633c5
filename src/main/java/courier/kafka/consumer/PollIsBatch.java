package courier.kafka.consumer;

import courier.kafka.Kafka;
import courier.kafka.TopicIds;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes the Kafka clients of all routes, with what all clients are told. It makes what one poll of
 * Kafka brings one batch of {@code kafka:…?batching=true&pollTimeoutMs=0}, and {@code
 * kafka:…?additionalProperties.tail=1000} a reader of all partitions that is in no group, from the
 * last thousand records on.
 *
 * <p>Camel hands a batch on when it is full or when a poll comes back empty, so that a timeout to
 * poll with is either latency (long) or a busy loop (short). Here an empty poll follows at once on
 * each one that brought records, and all others wait until there are some.
 */
public final class PollIsBatch extends DefaultKafkaClientFactory {
  /** How long a consumer may take to notice that it is stopped; not a latency. */
  public static final Duration IDLE = Duration.ofMillis(200);

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
  public Producer getProducer(Properties own) {
    return super.getProducer(kafka.clients().producer(own));
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Camel
  public Consumer getConsumer(Properties own) {
    Properties properties = kafka.clients().consumer(own);
    TopicIds topics = new TopicIds(kafka::topicId);
    ConsumerProgress mine = progress.of(name(properties));
    if (!properties.containsKey(TAIL)) {
      return new BatchConsumer(properties, topics, mine, storeAnswers);
    }
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    long records = Long.parseLong(properties.remove(TAIL).toString());
    return new TailConsumer(properties, records, topics, mine);
  }

  private static String name(Properties properties) {
    Object client = properties.get(ConsumerConfig.CLIENT_ID_CONFIG);
    return (client == null ? properties.get(ConsumerConfig.GROUP_ID_CONFIG) : client).toString();
  }
}
