package courier.kafka;

import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/** Where a record is in Kafka, for good; as text {@code topic-partition-offset}. */
public record Place(String topic, int partition, long offset) {
  public static Place of(Message record) {
    return new Place(
        record.getHeader(KafkaConstants.TOPIC, String.class),
        record.getHeader(KafkaConstants.PARTITION, Integer.class),
        record.getHeader(KafkaConstants.OFFSET, Long.class));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "-" + offset;
  }
}
