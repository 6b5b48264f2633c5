package courier.chaos.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Another program, which writes to Kafka what is not for client B, and what can never be handled;
 * each value once.
 */
public final class OtherProducer implements AutoCloseable {
  /** One of so many is a message that BSON cannot hold, all others are no JSON. */
  private static final int UNSTORABLE = 20;

  private static final String MESSAGE = "\"from\":\"other\",\"to\":\"%s\",\"message\":\"%s\"}";

  private final Producer<byte[], byte[]> producer;
  private final Ledger ledger;
  private final long seed;
  private int written;
  private int forOthers;

  public OtherProducer(String brokers, long seed, Ledger ledger) {
    this.seed = seed;
    this.ledger = ledger;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "acks", "all", "max.block.ms", "30000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A message that client B does not keep: stored, pushed or dead-lettered it is a phantom. */
  synchronized void writeForOthers() {
    String record = "{" + MESSAGE.formatted("somebody", "other-" + seed + "-" + ++forOthers);
    producer.send(new ProducerRecord<>("client-messages", record.getBytes(UTF_8)));
  }

  public synchronized void flood(int count) {
    for (int i = 0; i < count; i++) {
      boolean unstorable = written % UNSTORABLE == 0;
      String value = "poison-" + seed + "-" + ++written;
      String record =
          unstorable ? "{\"a\\u0000b\":1," + MESSAGE.formatted("clientB", value) : value;
      ledger.write("poison", What.POISON_SENT, value, null);
      producer.send(
          new ProducerRecord<>("client-messages", record.getBytes(UTF_8)),
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
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
