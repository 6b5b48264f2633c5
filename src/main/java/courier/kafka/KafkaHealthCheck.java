package courier.kafka;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready when a Kafka broker answers. */
public final class KafkaHealthCheck extends AbstractHealthCheck {
  private final Kafka kafka;

  public KafkaHealthCheck(Kafka kafka) {
    super("courier", "kafka");
    this.kafka = kafka;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    try {
      kafka.ping();
      builder.up();
    } catch (ExecutionException e) {
      builder.message("Kafka does not answer").error(e.getCause()).down();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
