package courier.backend;

import courier.kafka.Backlog;
import courier.kafka.Kafka;
import courier.metrics.Figure;
import courier.metrics.Figures;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.KafkaException;

/** How far a consumer group is behind, as a step, for the metrics. */
public final class Lag {
  private final Backlog backlog;
  private final String consumer;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param consumer what it is called, as the group has the names of people
   */
  public Lag(Kafka kafka, String topic, String group, String consumer) {
    backlog = new Backlog(kafka, topic, group);
    this.consumer = consumer;
  }

  /** Looks, and says that it is not known while Kafka does not answer. */
  public void look(CamelContext context) throws InterruptedException {
    double records = Double.NaN;
    double seconds = Double.NaN;
    try {
      Backlog.Behind behind = backlog.behind();
      records = behind.records();
      if (records == 0) {
        seconds = 0;
      } else if (behind.oldest() != null) {
        seconds = Math.max(0, Duration.between(behind.oldest(), clock.instant()).toMillis() / 1e3);
      }
    } catch (KafkaException e) {
      // said as an outage
    }
    Figures figures = Figures.of(context);
    figures.set(Figure.LAG, records, "consumer", consumer);
    figures.set(Figure.LAG_SECONDS, seconds, "consumer", consumer);
  }
}
