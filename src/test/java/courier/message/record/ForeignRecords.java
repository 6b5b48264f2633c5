package courier.message.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import courier.fixture.CourierProcess;
import courier.fixture.DeadLetter;
import courier.socketio.SocketioClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.json.JSONObject;

/**
 * Records that another program puts on one partition of client-messages, and what comes of them: it
 * is pushed to a client, or dead-lettered.
 */
final class ForeignRecords implements AutoCloseable {
  static final String TOPIC = "client-messages";
  static final int PARTITION = 3;

  final Producer<byte[], byte[]> producer;
  private final CourierProcess courier;
  private final SocketioClient client;

  ForeignRecords(CourierProcess courier) {
    this.courier = courier;
    client = courier.socketio();
    producer = producer("none");
  }

  /** A message of this text, with no id. */
  static String good(String text) {
    return "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"%s\"}".formatted(text);
  }

  RecordMetadata put(String value) throws Exception {
    return send(value.getBytes(UTF_8)).get();
  }

  RecordMetadata putInGzip(byte[] value) throws Exception {
    try (Producer<byte[], byte[]> gzip = producer("gzip")) {
      return gzip.send(new ProducerRecord<>(TOPIC, PARTITION, null, value)).get();
    }
  }

  Future<RecordMetadata> send(byte[] value) {
    return send(null, value, List.of());
  }

  Future<RecordMetadata> send(byte[] key, byte[] value, List<Header> headers) {
    return producer.send(new ProducerRecord<>(TOPIC, PARTITION, key, value, headers));
  }

  private Producer<byte[], byte[]> producer(String compression) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            courier.brokers(),
            "max.request.size",
            128 * 1024 * 1024,
            "buffer.memory",
            256L * 1024 * 1024,
            "linger.ms",
            20,
            "compression.type",
            compression),
        bytes,
        bytes);
  }

  /** Which a record has that brings none of its own. */
  static String id(RecordMetadata sent) {
    return TOPIC + "-" + PARTITION + "-" + sent.offset();
  }

  /** Waits until a good record behind all others of the partition is pushed. */
  void awaitAllBefore() throws Exception {
    String id = id(put(good("behind")));
    await().until(() -> pushed(id) > 0);
  }

  /** The one dead letter of a record, once all before it is handled. */
  DeadLetter letter(RecordMetadata sent) throws Exception {
    awaitAllBefore();
    return DeadLetter.of(courier.brokers(), sent);
  }

  long pushed(String id) {
    return idsOf(client).stream().filter(id::equals).count();
  }

  static List<String> idsOf(SocketioClient client) {
    return client.received.stream().map(event -> ((JSONObject) event).optString("_id")).toList();
  }

  @Override
  public void close() {
    producer.close();
    client.close();
  }
}
