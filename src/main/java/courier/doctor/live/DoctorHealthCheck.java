package courier.doctor.live;

import courier.doctor.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * What the doctor says, among the details of health. It is always up: none of it ends what goes on.
 */
public final class DoctorHealthCheck extends AbstractHealthCheck {
  private final Rounds rounds;

  public DoctorHealthCheck(Rounds rounds) {
    super("courier", "doctor");
    this.rounds = rounds;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Optional<Rounds.Round> last = rounds.last();
    builder.up();
    builder.detail("looked", last.isPresent());
    List<Finding> found = last.map(Rounds.Round::findings).orElse(List.of());
    for (int i = 0; i < found.size(); i++) {
      Finding finding = found.get(i);
      builder.detail(
          finding.severity() + "." + finding.id() + "." + i,
          finding.what() + ". " + finding.why() + " > " + finding.mend());
    }
  }
}
