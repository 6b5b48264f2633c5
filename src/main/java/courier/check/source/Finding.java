package courier.check.source;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A mistake in a route file.
 *
 * @param line from 1 on
 * @param rule its id, as in docs/routes.md
 * @param message what is wrong
 * @param write the line to write there instead
 */
public record Finding(Path file, int line, Level level, String rule, String message, String write) {
  /** Whether the file is refused. */
  public enum Level {
    ERROR,
    WARNING;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean isError() {
    return level == Level.ERROR;
  }

  /** For a log. */
  public String inOneLine() {
    return "%s:%d: %s; write: %s".formatted(file, line, message, write);
  }

  /** As a compiler has it. */
  @Override
  public String toString() {
    return "%s:%d: %s %s: %s%n    write: %s"
        .formatted(file, line, level.word(), rule, message, write);
  }
}
