package courier.kafka;

import courier.failure.Access;
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
      String why = Access.advice(e).orElse("Kafka does not answer");
      builder.message(why).error(e.getCause()).down();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
