package courier.reload.shadow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import courier.http.Refusal;
import courier.kafka.Kafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.support.SimpleRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;

/**
 * Runs what runs and a candidate for one of its files over the last messages of a topic, record by
 * record, and says where they would do something else. Neither has an effect: what leaves the
 * routes is written down, and by its beans MongoDB can be read alone.
 */
public final class Shadow {
  private static final long MOST_NANOS = Duration.ofSeconds(20).toNanos();

  /** They write nothing by themselves. */
  private static final List<String> BEANS =
      List.of("kafka", "long-answers", "progress", "access", "revocations", "saves", "doctor");

  private final CamelContext context;
  private final Semaphore one = new Semaphore(1);

  /**
   * @param context of the service that runs
   */
  public Shadow(CamelContext context) {
    this.context = context;
  }

  /**
   * @param texts that run, of all files
   * @param file the one that has a candidate
   * @param last how many records
   * @return what {@link ShadowReport#json} says
   * @throws Refusal 409 when no record comes to the file, 503 while another one runs
   * @throws Exception when it cannot run
   */
  public ObjectNode run(Map<Path, String> texts, Path file, String candidate, int last)
      throws Exception {
    if (!one.tryAcquire()) {
      throw new Refusal(503, "Another shadow runs here: come again when it is done.");
    }
    Map<Path, String> others = new TreeMap<>(texts);
    others.put(file, candidate);
    try (ShadowService now = service(texts);
        ShadowService then = service(others)) {
      String topic = Ways.topic(then, others, file);
      Kafka kafka = context.getRegistry().lookupByNameAndType("kafka", Kafka.class);
      Uuid topicId = kafka.topicId(topic).get();
      ShadowReport report = new ShadowReport(topic);
      long deadline = System.nanoTime() + MOST_NANOS;
      for (ConsumerRecord<byte[], byte[]> record : ShadowRecords.read(kafka, topic, last)) {
        if (System.nanoTime() - deadline > 0) {
          break;
        }
        List<String> running = now.effects(record, topicId);
        report.add(record, running, then.effects(record, topicId));
      }
      return report.json();
    } finally {
      one.release();
    }
  }

  private ShadowService service(Map<Path, String> texts) throws Exception {
    Properties properties = context.getPropertiesComponent().loadProperties();
    return new ShadowService(texts, properties, List.of(beans()));
  }

  private BeanRepository beans() {
    SimpleRegistry beans = new SimpleRegistry();
    for (String name : BEANS) {
      Object bean = context.getRegistry().lookupByName(name);
      if (bean != null) {
        beans.bind(name, bean);
      }
    }
    MongoClient mongo = context.getRegistry().lookupByNameAndType("mongo", MongoClient.class);
    if (mongo != null) {
      beans.bind("mongo", ReadOnly.of(mongo));
    }
    return beans;
  }
}
