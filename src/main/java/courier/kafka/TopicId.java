package courier.kafka;

import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.common.Uuid;

/** Kafka's id of the topic a record is in; another topic of the same name has another one. */
public final class TopicId {
  private TopicId() {}

  /** As Kafka writes it; null of a record that no {@link BatchConsumer} has read. */
  public static String of(Message record) {
    DefaultKafkaManualCommit commit =
        record.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    if (commit == null
        || !(commit.getCamelExchangePayload().consumer instanceof BatchConsumer consumer)) {
      return null;
    }
    Uuid id = consumer.topicId(commit.getPartition().topic());
    return id == null ? null : id.toString();
  }
}
