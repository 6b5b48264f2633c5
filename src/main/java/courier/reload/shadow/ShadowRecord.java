package courier.reload.shadow;

import courier.kafka.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A record as a route gets it from a consumer: whose commit is written down. */
final class ShadowRecord {
  private ShadowRecord() {}

  static Exchange exchange(
      CamelContext context, ConsumerRecord<byte[], byte[]> record, Uuid topicId, Effects effects) {
    Exchange exchange = new DefaultExchange(context);
    Message message = exchange.getMessage();
    message.setBody(record.value());
    record.headers().forEach(header -> message.setHeader(header.key(), header.value()));
    message.setHeader(KafkaConstants.TOPIC, record.topic());
    message.setHeader(KafkaConstants.PARTITION, record.partition());
    message.setHeader(KafkaConstants.OFFSET, record.offset());
    message.setHeader(KafkaConstants.TIMESTAMP, record.timestamp());
    message.setHeader(KafkaConstants.HEADERS, record.headers());
    if (record.key() != null) {
      message.setHeader(KafkaConstants.KEY, record.key());
    }
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Committing committing = new Committing(topicId, effects);
    message.setHeader(
        KafkaConstants.MANUAL_COMMIT, new Commit(committing, partition, record.offset()));
    return exchange;
  }

  /** With one record. */
  static Exchange batch(CamelContext context, Exchange record) {
    Exchange batch = new DefaultExchange(context);
    batch.getMessage().setBody(new ArrayList<>(List.of(record)));
    return batch;
  }

  private static final class Committing extends MockConsumer<Object, Object>
      implements TopicReader {
    private final Uuid topicId;
    private final Effects effects;

    Committing(Uuid topicId, Effects effects) {
      super("earliest");
      this.topicId = topicId;
      this.effects = effects;
    }

    @Override
    public Uuid topicId(String topic) {
      return topicId;
    }

    @Override
    public void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      effects.add("commit");
    }
  }

  private static final class Commit extends DefaultKafkaManualCommit {
    Commit(Committing consumer, TopicPartition partition, long offset) {
      super(
          new CamelExchangePayload(null, consumer, null, null),
          new KafkaRecordPayload(partition, offset, 1_000));
    }

    @Override
    public void commit() {
      ((Committing) getCamelExchangePayload().consumer).commitAsync(Map.of(), null);
    }
  }
}
