package courier.deadletter.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is the same in all that failed in one way: the step, the class of the reason, and its words
 * without what differs from record to record, such as names, numbers and values. Much of that is a
 * sender's text, who shall not be able to make a group of each record.
 */
final class Fingerprint {
  private static final int BYTES = 6;

  /** What is read of a reason, and what is kept of it, in characters. */
  private static final int READ = 500;

  private static final int KEPT = 120;

  private static final Pattern QUOTED =
      Pattern.compile(
          "`([^`]*)`|\"[^\"]*\"|(?<!\\w)'[^']*'|\\([^()]*\\)|\\[[^\\[\\]]*]|\\{[^{}]*}");

  /** Behind it, Courier's own reasons have the value, or what a parser says of it. */
  private static final Pattern VALUE = Pattern.compile(": .*", Pattern.DOTALL);

  /** Whatever has a digit in it: numbers, ids, positions, addresses. */
  private static final Pattern NUMBER = Pattern.compile("\\S*\\d\\S*");

  /** The members that Courier itself knows; any other one is named by the sender. */
  private static final Set<String> KNOWN = Set.of("id", "from", "to", "message", "createdAt");

  private Fingerprint() {}

  static String of(String exception, String route, String step, String reason) {
    String same = "%s\n%s\n%s\n%s".formatted(exception, route, step, pattern(exception, reason));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(same.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pattern(String exception, String reason) {
    if (reason == null) {
      return "";
    }
    String read = reason.length() > READ ? reason.substring(0, READ) : reason;
    String words = QUOTED.matcher(read).replaceAll(Fingerprint::known);
    if (exception != null && exception.startsWith("courier.")) {
      words = VALUE.matcher(words).replaceFirst("");
    }
    words = NUMBER.matcher(words).replaceAll("#").replaceAll("\\s+", " ").strip();
    return words.length() > KEPT ? words.substring(0, KEPT) : words;
  }

  private static String known(MatchResult quoted) {
    String member = quoted.group(1);
    return member != null && KNOWN.contains(member)
        ? Matcher.quoteReplacement("`" + member + "`")
        : "_";
  }
}
