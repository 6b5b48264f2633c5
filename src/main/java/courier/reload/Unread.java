package courier.reload;

import courier.check.source.Finding;
import courier.check.source.Source;
import courier.failure.Reason;
import courier.reload.file.UnreadText;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A route file that is no YAML, or no Java. */
public final class Unread {
  private static final Pattern LINE = Pattern.compile("(?:\\.java|\\.yaml|reader):(\\d+)");

  private Unread() {}

  /** Why, and where. */
  public static Finding because(Path file, String text, Exception failure) {
    String rule = isJava(file) ? "java" : "yaml";
    if (failure instanceof UnreadText unread) {
      return new Finding(
          file, unread.line(), Finding.Level.ERROR, rule, unread.what(), unread.write());
    }
    String reason = Reason.of(failure);
    Matcher place = LINE.matcher(reason);
    int line = place.find() ? Integer.parseInt(place.group(1)) : 1;
    return new Finding(
        file,
        line,
        Finding.Level.ERROR,
        rule,
        reason.replaceFirst("^\\S*:\\d+(:\\d+)?:\\s*", ""),
        text.isEmpty()
            ? "text in UTF-8"
            : "what is meant by: " + Source.unread(file, text).line(line));
  }

  public static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }
}
