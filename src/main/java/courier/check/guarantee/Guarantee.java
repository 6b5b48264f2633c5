package courier.check.guarantee;

import courier.check.source.Report;
import courier.check.source.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What holds of every route that handles messages. A file that breaks one on purpose says so, in a
 * comment: {@code # courier: allow <rule> because <reason>}.
 */
public enum Guarantee {
  /** What is pushed, or told to other instances, is stored. */
  STORED_BEFORE_ANNOUNCED,
  /** An offset is committed when all is done, and it is committed. */
  COMMIT_LAST,
  /** Nothing but the route says when an offset is committed. */
  AUTO_COMMIT,
  /** What cannot be handled is dead-lettered. */
  DEAD_LETTER_POLICY,
  /** A failure ends as a dead letter, or the batch comes again. */
  DEAD_LETTER_KEPT,
  /** Who asks by HTTP has no say in how Kafka is written to. */
  CLEAN_HEADERS;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Notes that a step breaks it. */
  void breach(Report report, Step step, int line, String message, String write) {
    report.error(step.file(), line, id(), message, write);
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(Guarantee::id).toList();
  }
}
