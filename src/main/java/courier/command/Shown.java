package courier.command;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a stranger wrote, fit for a terminal: nothing of it is a line's end, or a command to it. */
final class Shown {
  /** Also those that turn the direction of what follows. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  private Shown() {}

  static String text(String text) {
    return CONTROL.matcher(text).replaceAll(Shown::escaped);
  }

  private static String escaped(MatchResult found) {
    return "\\\\u%04x".formatted((int) found.group().charAt(0));
  }
}
