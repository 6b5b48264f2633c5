package courier.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program, which writes to Kafka what can never be handled; each value once. */
final class PoisonWriter implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Ledger ledger;
  private final long seed;
  private int written;

  PoisonWriter(String brokers, long seed, Ledger ledger) {
    this.seed = seed;
    this.ledger = ledger;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all", "max.block.ms", "30000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void flood(int count) {
    for (int i = 0; i < count; i++) {
      String value = "poison-" + seed + "-" + ++written;
      ledger.write("poison", What.POISON_SENT, value, null);
      producer.send(
          new ProducerRecord<>("client-messages", value.getBytes(UTF_8)),
          (place, failure) -> {
            if (failure == null) {
              ledger.write("poison", What.POISON_WRITTEN, value, place.toString());
            } else {
              ledger.write("poison", What.UNKNOWN, value, failure.toString());
            }
          });
    }
  }

  /** Waits until each is written or given up. */
  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
