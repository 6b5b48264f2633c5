package courier.kafka.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitBatchTest {
  private final MockConsumer<Object, Object> consumer = new MockConsumer<>("earliest");

  @Test
  void commitsTheOffsetAfterTheLastRecordOfEachPartition() {
    TopicPartition zero = new TopicPartition("client-messages", 0);
    TopicPartition one = new TopicPartition("client-messages", 1);
    consumer.assign(Set.of(zero, one));

    new CommitBatch().commit(records(zero, 5, one, 9, zero, 6));

    assertEquals(
        Map.of(zero, new OffsetAndMetadata(7), one, new OffsetAndMetadata(10)),
        consumer.committed(Set.of(zero, one)));
  }

  private List<Exchange> records(Object... partitionsAndOffsets) {
    List<Exchange> records = new ArrayList<>();
    for (int i = 0; i < partitionsAndOffsets.length; i += 2) {
      Exchange exchange = new DefaultExchange(new DefaultCamelContext());
      KafkaRecordPayload record =
          new KafkaRecordPayload(
              (TopicPartition) partitionsAndOffsets[i], (int) partitionsAndOffsets[i + 1], 1000);
      exchange
          .getMessage()
          .setHeader(
              KafkaConstants.MANUAL_COMMIT,
              new DefaultKafkaManualCommitFactory()
                  .newInstance(
                      new CamelExchangePayload(exchange, consumer, "test", null), record, null));
      records.add(exchange);
    }
    return records;
  }
}
