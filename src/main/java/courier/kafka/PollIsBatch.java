package courier.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Makes what one poll of Kafka brings one batch of {@code kafka:…?batching=true&pollTimeoutMs=0}.
 *
 * <p>Camel hands a batch on when it is full or when a poll comes back empty, so that a timeout to
 * poll with is either latency (long) or a busy loop (short). Here an empty poll follows at once on
 * each one that brought records, and all others wait until there are some.
 */
public final class PollIsBatch extends DefaultKafkaClientFactory {
  /** How long a consumer may take to notice that it is stopped; not a latency. */
  private static final Duration IDLE = Duration.ofMillis(100);

  @Override
  @SuppressWarnings("rawtypes") // as declared by Camel
  public Consumer getConsumer(Properties properties) {
    return new PollingConsumer(properties);
  }

  private static final class PollingConsumer extends KafkaConsumer<Object, Object> {
    private boolean handOn;

    PollingConsumer(Properties properties) {
      super(properties);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
      if (!timeout.isZero()) {
        return super.poll(timeout);
      }
      if (handOn) {
        handOn = false;
        return ConsumerRecords.empty();
      }
      ConsumerRecords<Object, Object> records = super.poll(IDLE);
      handOn = !records.isEmpty();
      return records;
    }
  }
}
