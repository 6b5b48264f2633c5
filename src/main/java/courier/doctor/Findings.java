package courier.doctor;

import courier.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was found, the worst first. */
public final class Findings {
  /** The exit codes. */
  private static final int NOTHING = 0;

  private static final int FOUND = 1;
  private static final int COULD_NOT_LOOK = 2;

  private final List<Finding> found = new ArrayList<>();
  private boolean couldNotLook;

  public void add(Severity severity, String id, String what, String why, String mend) {
    found.add(new Finding(severity.key(), id, what, why, mend));
  }

  /** Something could not be looked at, as one of the findings says. */
  public void couldNotLook() {
    couldNotLook = true;
  }

  void unseen(String id, String what, String why, String mend) {
    add(Severity.UNSEEN, id, what, why, mend);
    couldNotLook();
  }

  public List<Finding> all() {
    return Stream.of(Severity.values())
        .flatMap(severity -> found.stream().filter(finding -> finding.is(severity)))
        .toList();
  }

  /** 0 nothing, 1 something, 2 that not all could be looked at. */
  public int exitCode() {
    if (couldNotLook) {
      return COULD_NOT_LOOK;
    }
    return found.isEmpty() ? NOTHING : FOUND;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Severity severity : Severity.values()) {
      List<Finding> these = found.stream().filter(finding -> finding.is(severity)).toList();
      if (!these.isEmpty()) {
        text.append(severity.title()).append(":\n");
        these.forEach(
            finding ->
                text.append(
                    "  %s: %s%n    %s%n    > %s%n"
                        .formatted(finding.id(), finding.what(), finding.why(), finding.mend())));
      }
    }
    return text.isEmpty() ? "All is well.\n" : text.toString();
  }
}
