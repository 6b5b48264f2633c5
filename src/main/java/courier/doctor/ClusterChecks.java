package courier.doctor;

import courier.doctor.Finding.Severity;
import courier.kafka.ClusterView;
import courier.kafka.ClusterView.Disk;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** The disks and the clock of Kafka. Who may not see them, as most may not, is not asked to. */
record ClusterChecks(Patient patient, ClusterView cluster) implements Check {
  private static final Duration APART = Duration.ofSeconds(5);
  private static final int FULL_PERCENT = 90;
  private static final int PERCENT = 100;

  @Override
  public void look(Findings findings) throws InterruptedException {
    try {
      for (Disk disk : cluster.disks()) {
        disk(
            "Kafka's broker %d has".formatted(disk.broker()),
            disk.total() - disk.usable(),
            disk.total(),
            "df -h " + disk.folder(),
            findings);
      }
      long before = patient.clock().millis();
      OptionalLong there = cluster.clock();
      if (there.isPresent()) {
        clock("Kafka", there.getAsLong(), before, patient.clock().millis(), findings);
      }
    } catch (AuthorizationException | UnsupportedVersionException e) {
      // as it does not say
    }
  }

  static void disk(String who, long used, long total, String mend, Findings findings) {
    if (total > 0 && used / (double) total * PERCENT > FULL_PERCENT) {
      findings.add(
          Severity.BREAKS,
          "disk",
          "%s %d MiB left of %d".formatted(who, (total - used) >> 20, total >> 20),
          "Without space it takes no message, and may end.",
          mend);
    }
  }

  /**
   * @param before when it was asked, here
   * @param after when it had answered
   */
  static void clock(String who, long there, long before, long after, Findings findings) {
    long apart = there < before ? before - there : Math.max(0, there - after);
    if (apart > APART.toMillis()) {
      findings.add(
          Severity.BREAKS,
          "clock",
          "The clock of %s is %d s from the one here".formatted(who, apart / 1000),
          "Kafka refuses records of the future, and expires those of the past too soon; leases and certificates end when they should not.",
          "timedatectl set-ntp true");
    }
  }
}
