package courier.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Another program, whose records nobody gets: they are for others, or no messages. */
final class Noise implements AutoCloseable {
  private static final int PARTITIONS = 6;
  private static final String FOR_OTHERS =
      "{\"from\":\"noise\",\"to\":\"nobody\",\"message\":\"%d\"}";

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Producer<byte[], byte[]> producer;
  private int written;

  Noise(String brokers) {
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers), bytes, bytes);
  }

  /** Writes at this rate until it is closed. */
  Noise start(int perSecond) {
    thread.scheduleAtFixedRate(
        this::write, 0, TimeUnit.SECONDS.toMicros(1) / perSecond, TimeUnit.MICROSECONDS);
    return this;
  }

  /** Writes so many more, and waits. */
  void write(int records) {
    thread.shutdown();
    await().until(thread::isTerminated);
    for (int i = 0; i < records; i++) {
      write();
    }
    producer.flush();
  }

  private void write() {
    String value = (++written % 2 == 0 ? FOR_OTHERS : "poison %d").formatted(written);
    int partition = written / 2 % PARTITIONS;
    producer.send(new ProducerRecord<>("client-messages", partition, null, value.getBytes(UTF_8)));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ZERO);
  }
}
