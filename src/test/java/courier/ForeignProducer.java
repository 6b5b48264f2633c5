package courier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Another program that writes to Kafka: records, and dead letters as other frameworks write them.
 */
final class ForeignProducer implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String brokers;

  ForeignProducer(String brokers) {
    this.brokers = brokers;
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers), bytes, bytes);
  }

  /** Makes topics of two partitions, which nobody makes here by writing to them. */
  static void createTopics(String brokers, String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      List<NewTopic> topics =
          Stream.of(names).map(name -> new NewTopic(name, 2, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  static void deleteTopic(String brokers, String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.deleteTopics(List.of(name)).all().get();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !admin.listTopics().names().get().contains(name));
    }
  }

  /** With headers, each a name and a text. Returns where the record is: topic-partition-offset. */
  String send(String topic, String key, String value, String... headers) throws Exception {
    List<Header> all = new ArrayList<>(List.of(header("source", "shop".getBytes(UTF_8))));
    for (int i = 0; i < headers.length; i += 2) {
      all.add(header(headers[i], headers[i + 1].getBytes(UTF_8)));
    }
    return send(topic, key, value, all);
  }

  /** A transaction with one record. */
  void sendInTransaction(String topic, String value) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "transactional.id", "foreign"), bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(topic, "t", value, List.of()));
      producer.commitTransaction();
    }
  }

  /** Lets a topic take no larger records than this. */
  static void limit(String brokers, String topic, int bytes) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    ConfigEntry limit = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      AlterConfigOp set = new AlterConfigOp(limit, AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }
  }

  /** As Spring Kafka's DeadLetterPublishingRecoverer does. */
  String sendSpringDeadLetter(String topic, String origin, String key, String value)
      throws Exception {
    return send(
        topic, key, value, springHeaders(origin, "java.lang.IllegalStateException", "no stock"));
  }

  /** Many of them at once. */
  void sendSpringDeadLetters(
      String topic, String origin, String exception, List<Map.Entry<String, String>> records) {
    for (Map.Entry<String, String> record : records) {
      producer.send(
          record(topic, record.getKey(), record.getValue(), springHeaders(origin, exception, "?")));
    }
    producer.flush();
  }

  private static List<Header> springHeaders(String origin, String exception, String message) {
    String[] place = origin.split("-(?=\\d+-\\d+$)|-(?=\\d+$)");
    return List.of(
        header("source", "shop".getBytes(UTF_8)),
        header("kafka_dlt-original-topic", place[0].getBytes(UTF_8)),
        header("kafka_dlt-original-partition", number(4, Long.parseLong(place[1]))),
        header("kafka_dlt-original-offset", number(8, Long.parseLong(place[2]))),
        header("kafka_dlt-original-timestamp", number(8, 1_700_000_000_000L)),
        header("kafka_dlt-original-timestamp-type", "CREATE_TIME".getBytes(UTF_8)),
        header("kafka_dlt-original-consumer-group", "billing".getBytes(UTF_8)),
        header(
            "kafka_dlt-exception-fqcn",
            "org.springframework.kafka.listener.ListenerExecutionFailedException".getBytes(UTF_8)),
        header("kafka_dlt-exception-cause-fqcn", exception.getBytes(UTF_8)),
        header("kafka_dlt-exception-message", message.getBytes(UTF_8)),
        header("kafka_dlt-exception-stacktrace", "at ...".getBytes(UTF_8)));
  }

  /** As a sink connector does with errors.deadletterqueue.context.headers.enable. */
  String sendConnectDeadLetter(String topic, String origin, String key, String value)
      throws Exception {
    String[] place = origin.split("-(?=\\d+-\\d+$)|-(?=\\d+$)");
    return send(
        topic,
        key,
        value,
        List.of(
            header("__connect.errors.topic", place[0].getBytes(UTF_8)),
            header("__connect.errors.partition", place[1].getBytes(UTF_8)),
            header("__connect.errors.offset", place[2].getBytes(UTF_8)),
            header("__connect.errors.connector.name", "sink".getBytes(UTF_8)),
            header("__connect.errors.stage", "VALUE_CONVERTER".getBytes(UTF_8)),
            header(
                "__connect.errors.exception.class.name",
                "org.apache.kafka.connect.errors.DataException".getBytes(UTF_8)),
            header("__connect.errors.exception.message", "no schema".getBytes(UTF_8))));
  }

  private String send(String topic, String key, String value, List<Header> headers)
      throws ExecutionException, InterruptedException {
    RecordMetadata sent = producer.send(record(topic, key, value, headers)).get();
    return sent.topic() + "-" + sent.partition() + "-" + sent.offset();
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, String value, List<Header> headers) {
    return new ProducerRecord<>(topic, null, key.getBytes(UTF_8), value.getBytes(UTF_8), headers);
  }

  private static Header header(String name, byte[] value) {
    return new RecordHeader(name, value);
  }

  private static byte[] number(int size, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    return size == Integer.BYTES ? bytes.putInt((int) value).array() : bytes.putLong(value).array();
  }

  @Override
  public void close() {
    producer.close();
  }
}
