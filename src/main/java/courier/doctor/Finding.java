package courier.doctor;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;

/**
 * Something that is not as it should be.
 *
 * @param severity by its key
 * @param id what a script knows it by; the same one may be of several things
 * @param what there is
 * @param why that is bad
 * @param mend the line that mends it, of a shell, of mongosh by a shell, or of
 *     application.properties
 */
@JsonPropertyOrder({"severity", "id", "what", "why", "mend"})
public record Finding(String severity, String id, String what, String why, String mend) {
  /** What comes of a finding, the worst first. */
  public enum Severity {
    LOSES("Would lose data"),
    BREAKS("Would break"),
    DELAYS("Would delay"),
    PRODUCTION("Not for production"),
    /** No finding by itself: something could not be looked at. */
    UNSEEN("Not looked at");

    private final String title;

    Severity(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    /** As scripts know it. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean is(Severity other) {
    return severity.equals(other.key());
  }
}
