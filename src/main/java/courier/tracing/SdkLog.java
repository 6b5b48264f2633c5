package courier.tracing;

import courier.failure.Reason;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry warns of by {@code java.util.logging}, such as that nobody takes its spans, as
 * a line of Courier's log each, and not with a stack as Java would print it.
 */
final class SdkLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkLog.class);

  /** Java forgets a logger that nobody has. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter formatter = new SimpleFormatter();

  private SdkLog() {}

  static synchronized void install() {
    if (SDK.getUseParentHandlers()) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new SdkLog());
    }
  }

  @Override
  public void publish(LogRecord said) {
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      String why = said.getThrown() == null ? "" : ": " + Reason.of(said.getThrown());
      LOG.warn("{}{}", formatter.formatMessage(said), why);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
