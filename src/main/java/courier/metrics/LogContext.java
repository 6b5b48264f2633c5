package courier.metrics;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.MDC;

/** Which message it is about is said by each line that is logged while it is handled. */
public final class LogContext {
  private static final String MESSAGE = "message";

  /** Where the exchange ends is the thread where it was. */
  private static final Synchronization FORGET =
      new SynchronizationAdapter() {
        @Override
        public void onDone(Exchange exchange) {
          MDC.remove(MESSAGE);
        }
      };

  private LogContext() {}

  /** Until the exchange is done. */
  public static void about(String message, Exchange exchange) {
    MDC.put(MESSAGE, message);
    if (!exchange.getExchangeExtension().containsOnCompletion(FORGET)) {
      exchange.getExchangeExtension().addOnCompletion(FORGET);
    }
  }
}
