package courier.kafka.consumer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the offsets of a batch of {@code kafka:…?batching=true&allowManualCommit=true}: of each
 * partition the last one, all in one request. Camel's own {@code BatchManualCommit} commits only
 * the partition of the last record.
 */
public final class CommitBatch {
  /**
   * Keeps the consumer in its group; to be called now and then on its thread by a step that takes
   * long over a batch.
   *
   * @param records the same; null is none
   */
  public static void stayInGroup(List<Exchange> records) {
    if (records != null && !records.isEmpty()) {
      DefaultKafkaManualCommit any = manualCommit(records.get(0));
      if (any != null && any.getCamelExchangePayload().consumer instanceof BatchConsumer consumer) {
        consumer.stayInGroup();
      }
    }
  }

  /**
   * Without waiting for Kafka's answer: when it refuses, the batch comes again as it does after any
   * failure before it.
   *
   * @param records the body the batching consumer started the route with
   */
  public void commit(List<Exchange> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    DefaultKafkaManualCommit last = null;
    for (Exchange record : records) {
      last = manualCommit(record);
      next.put(last.getPartition(), new OffsetAndMetadata(last.getRecordOffset() + 1));
    }
    if (last != null) {
      last.getCamelExchangePayload().consumer.commitAsync(next, null);
    }
  }

  private static DefaultKafkaManualCommit manualCommit(Exchange record) {
    return record
        .getMessage()
        .getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
  }
}
