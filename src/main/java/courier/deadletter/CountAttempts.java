package courier.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Keeps the number of attempts as the exchange property {@code attempts}: the redelivery counter is
 * a header, and gone when the original message goes to the dead letters.
 */
public final class CountAttempts implements Processor {
  @Override
  public void process(Exchange exchange) {
    exchange.setProperty("attempts", exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER));
  }
}
