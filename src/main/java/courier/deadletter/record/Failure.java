package courier.deadletter.record;

import courier.message.refused.RefusedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;

/**
 * Why a record could not be handled.
 *
 * @param route the id of the route that failed
 * @param step the id of its step, or the endpoint it sent to, or null when neither is known
 * @param attempts how often it was tried
 */
record Failure(Throwable reason, String route, String step, int attempts) {
  /** The exchange properties in which {@link RememberFailure} keeps them. */
  static final String ATTEMPTS = "attempts";

  static final String STEP = "step";

  /** Of a record that its route refused. */
  static Failure of(RefusedRecord record, Exchange exchange) {
    return new Failure(record.reason(), exchange.getFromRouteId(), record.step(), 1);
  }

  /** Of what came to the dead-letter channel. */
  static Failure of(Exchange exchange) {
    return new Failure(
        reason(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)),
        exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
        exchange.getProperty(STEP, String.class),
        exchange.getProperty(ATTEMPTS, 1, Integer.class));
  }

  /** Camel wraps what a method of its own may not throw. */
  private static Throwable reason(Throwable caught) {
    return caught instanceof RuntimeCamelException && caught.getCause() != null
        ? caught.getCause()
        : caught;
  }
}
