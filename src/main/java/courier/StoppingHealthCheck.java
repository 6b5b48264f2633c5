package courier;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready until the process is told to end, so that who balances the load sends nobody any more. */
final class StoppingHealthCheck extends AbstractHealthCheck {
  private volatile boolean stopping;

  StoppingHealthCheck() {
    super("courier", "stopping");
  }

  void stops() {
    stopping = true;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    if (stopping) {
      builder.message("It was told to stop, and does so when its clients have left").down();
    } else {
      builder.up();
    }
  }
}
