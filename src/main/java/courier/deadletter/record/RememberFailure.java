package courier.deadletter.record;

import courier.kafka.consumer.CommitBatch;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.StringHelper;

/**
 * Keeps what is gone when the original message goes to the dead letters: the redelivery counter,
 * which is a header, and the step that failed. Redeliveries take long, so the consumer is kept in
 * its group.
 */
public final class RememberFailure implements Processor {
  @Override
  @SuppressWarnings("unchecked") // as receive-message sets it
  public void process(Exchange exchange) {
    CommitBatch.stayInGroup(exchange.getVariable("records", List.class));
    int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    exchange.setProperty(Failure.ATTEMPTS, Math.max(1, attempts));
    exchange.setProperty(Failure.STEP, step(exchange));
  }

  /** The step's id; when it was in a route that this one called, the endpoint it sent to. */
  private static String step(Exchange exchange) {
    String step = exchange.getExchangeExtension().getHistoryNodeId();
    String endpoint = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
    return step == null && endpoint != null ? StringHelper.before(endpoint, "?", endpoint) : step;
  }
}
