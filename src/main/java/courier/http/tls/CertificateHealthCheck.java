package courier.http.tls;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down when clients refuse the certificate, or the next one cannot be shown, and says why. Courier
 * is ready still as long as the one that it shows is taken.
 */
public final class CertificateHealthCheck extends AbstractHealthCheck {
  private final Tls tls;

  public CertificateHealthCheck(Tls tls) {
    super("courier", "certificate");
    this.tls = tls;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return tls.hasExpired();
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    tls.problem().ifPresentOrElse(why -> builder.message(why).down(), builder::up);
  }
}
