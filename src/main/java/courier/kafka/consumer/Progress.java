package courier.kafka.consumer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all consumers of a service get on. It is not ready when one of them has not for half a
 * minute, and says why: as {@code kafka:…?exceptionHandler=#progress} it learns what batches fail
 * of. Consumers are told apart by their {@code clientId}.
 */
public final class Progress extends AbstractHealthCheck implements ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  /** So that who asks every half minute knows within one. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, ConsumerProgress> consumers = new ConcurrentHashMap<>();
  private final Duration patience;

  public Progress() {
    this(PATIENCE);
  }

  Progress(Duration patience) {
    super("courier", "progress");
    this.patience = patience;
  }

  ConsumerProgress of(String clientId) {
    return consumers.computeIfAbsent(clientId, name -> new ConsumerProgress(name, patience));
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable failure) {
    if (exchange != null
        && exchange.getFromEndpoint() instanceof KafkaEndpoint endpoint
        && endpoint.getConfiguration().getClientId() != null) {
      of(endpoint.getConfiguration().getClientId()).failed(failure);
    } else {
      LOG.warn("{}", message, failure);
    }
  }

  @Override
  public void handleException(String message, Throwable failure) {
    handleException(message, null, failure);
  }

  @Override
  public void handleException(Throwable failure) {
    handleException("A consumer failed", failure);
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.up();
    consumers.values().stream()
        .map(ConsumerProgress::trouble)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(trouble -> builder.message(trouble).down());
  }
}
