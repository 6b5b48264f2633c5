package courier.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The headers of a record as a route gets it from a consumer that knows its topic. */
public final class RecordHeaders {
  /** As text, of the topic that all of them are of. */
  public static final String TOPIC_ID = new Uuid(1, 2).toString();

  private static final Known CONSUMER = new Known();

  private RecordHeaders() {}

  public static Map<String, Object> at(String topic, int partition, long offset) {
    Map<String, Object> headers = new HashMap<>();
    headers.put(KafkaConstants.TOPIC, topic);
    headers.put(KafkaConstants.PARTITION, partition);
    headers.put(KafkaConstants.OFFSET, offset);
    headers.put(KafkaConstants.TIMESTAMP, 1_700_000_000_000L);
    headers.put(
        KafkaConstants.MANUAL_COMMIT, new Commit(new TopicPartition(topic, partition), offset));
    return headers;
  }

  private static final class Known extends MockConsumer<Object, Object> implements TopicReader {
    Known() {
      super("earliest");
    }

    @Override
    public Uuid topicId(String topic) {
      return new Uuid(1, 2);
    }
  }

  private static final class Commit extends DefaultKafkaManualCommit {
    Commit(TopicPartition partition, long offset) {
      super(
          new CamelExchangePayload(null, CONSUMER, null, null),
          new KafkaRecordPayload(partition, offset, 1_000));
    }

    @Override
    public void commit() {
      throw new UnsupportedOperationException("by itself it commits nothing");
    }
  }
}
