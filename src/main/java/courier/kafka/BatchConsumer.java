package courier.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer whose polls with a timeout of 0 wait until there are records, and are followed by one
 * that is empty.
 */
class BatchConsumer extends KafkaConsumer<Object, Object> {
  /** How long a consumer may take to notice that it is stopped; not a latency. */
  private static final Duration IDLE = Duration.ofMillis(100);

  private boolean handOn;

  BatchConsumer(Properties properties) {
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
