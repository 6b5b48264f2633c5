package courier.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * What the doctor says, among the details of health. It is always up: none of it ends what goes on.
 * Who asks gets what was found last, and has the doctor look again, once a minute at most.
 */
public final class DoctorHealthCheck extends AbstractHealthCheck {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Doctor doctor;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile List<Finding> found = List.of();
  private volatile long looked;

  public DoctorHealthCheck(Doctor doctor) {
    super("courier", "doctor");
    this.doctor = doctor;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    boolean isOld = looked == 0 || System.nanoTime() - looked > FRESH.toNanos();
    if (isOld && looking.compareAndSet(false, true)) {
      Thread thread = new Thread(this::look, "doctor");
      thread.setDaemon(true);
      thread.start();
    }
    builder.up();
    builder.detail("looked", looked != 0);
    found.forEach(
        finding ->
            builder.detail(
                finding.severity() + "." + finding.id() + "." + found.indexOf(finding),
                finding.what() + ". " + finding.why() + " > " + finding.mend()));
  }

  private void look() {
    try {
      Findings findings = new Findings();
      doctor.look(findings);
      found = findings.all();
      looked = Math.max(1, System.nanoTime());
    } finally {
      looking.set(false);
    }
  }
}
