package courier.kafka.consumer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.kafka.RunningKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Consumers of a real broker, and a topic of two partitions for each test. */
abstract class ConsumersOfABroker {
  @TempDir static Path folder;
  static RunningKafka broker;
  static Kafka kafka;

  private final List<BatchConsumer> consumers = new ArrayList<>();
  private final Progress progress = new Progress(Duration.ofSeconds(2));
  String topic;

  @BeforeAll
  static void start() throws Exception {
    broker = new RunningKafka(folder.resolve("kafka"));
    kafka = new Kafka(broker.brokers, ClientProperties.NONE);
  }

  @AfterAll
  static void close() {
    kafka.close();
    broker.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 2);
  }

  @AfterEach
  void closeConsumers() {
    consumers.forEach(BatchConsumer::close);
  }

  BatchConsumer consumer(String name, BooleanSupplier store) {
    return consumer(name, store, Map.of());
  }

  BatchConsumer consumer(String name, BooleanSupplier store, Map<String, String> others) {
    Properties properties = new Properties();
    properties.putAll(others);
    properties.put("bootstrap.servers", broker.brokers);
    properties.put("group.id", topic);
    properties.put("client.id", name);
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.interval.ms", "20000");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    BatchConsumer consumer =
        (BatchConsumer) new PollIsBatch(kafka, progress, store).getConsumer(properties);
    consumers.add(consumer);
    consumer.subscribe(List.of(topic), new NoListener());
    return consumer;
  }

  private static final class NoListener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(java.util.Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(java.util.Collection<TopicPartition> partitions) {}
  }

  /** The next batch as Camel gets it, with the empty poll after which it is handed on. */
  static ConsumerRecords<Object, Object> batch(BatchConsumer consumer) {
    var found = new ArrayList<ConsumerRecords<Object, Object>>();
    await()
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> {
              var records = consumer.poll(Duration.ZERO);
              if (!records.isEmpty()) {
                found.add(records);
              }
              return !found.isEmpty();
            });
    assertTrue(consumer.poll(Duration.ZERO).isEmpty());
    return found.get(0);
  }

  static List<String> values(ConsumerRecords<Object, Object> records) {
    List<String> values = new ArrayList<>();
    records.forEach(record -> values.add(new String((byte[]) record.value())));
    return values;
  }

  static void commit(BatchConsumer consumer, ConsumerRecords<Object, Object> batch) {
    consumer.commitAsync(next(batch), null);
  }

  static Map<TopicPartition, OffsetAndMetadata> next(ConsumerRecords<Object, Object> batch) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (ConsumerRecord<Object, Object> record : batch) {
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    return next;
  }

  String trouble(String name) {
    return progress.of(name).trouble().orElse("");
  }
}
