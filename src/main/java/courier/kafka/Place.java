package courier.kafka;

import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.common.Uuid;

/**
 * Where a record is in Kafka, for good; as text {@code topic-partition-offset}.
 *
 * @param topicId of the topic, as a topic that is deleted and made again is another one; null when
 *     it is not known
 */
public record Place(String topic, int partition, long offset, String topicId) {
  public Place(String topic, int partition, long offset) {
    this(topic, partition, offset, null);
  }

  public static Place of(Message record) {
    String topic = record.getHeader(KafkaConstants.TOPIC, String.class);
    return new Place(
        topic,
        record.getHeader(KafkaConstants.PARTITION, Integer.class),
        record.getHeader(KafkaConstants.OFFSET, Long.class),
        topicId(record, topic));
  }

  /** Its consumer knows. */
  private static String topicId(Message record, String topic) {
    var commit = record.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    if (commit != null
        && commit.getCamelExchangePayload().consumer instanceof TopicReader consumer) {
      Uuid id = consumer.topicId(topic);
      return id == null ? null : id.toString();
    }
    return null;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "-" + offset;
  }
}
