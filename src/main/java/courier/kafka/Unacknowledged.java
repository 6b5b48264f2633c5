package courier.kafka;

import courier.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Remembers that Kafka did not acknowledge in time. Who has waited for a thread meanwhile need not
 * wait as long once more, to see the same.
 */
public final class Unacknowledged {
  private volatile long last;

  /** Takes note of what failed, if it was that. */
  public void note(Exchange exchange) {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (caught instanceof TimeoutException || caught.getCause() instanceof TimeoutException) {
      last = System.currentTimeMillis();
    }
  }

  /**
   * @throws Refusal 503 when it was since this request came
   */
  public void check(Exchange exchange) {
    if (last >= exchange.getClock().getCreated()) {
      throw new Refusal(
          503, "Kafka does not acknowledge, so this message was not sent: send it again.");
    }
  }
}
