package courier.check.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of a file of the form {@code # courier: allow <rule> because <reason>}.
 *
 * @param lines of each rule that is allowed
 * @param unreasoned the lines of those that give no reason, by rule
 */
public record Allowances(Map<String, Integer> lines, Map<String, Integer> unreasoned) {
  private static final Pattern ALLOW =
      Pattern.compile("(?:#|//|\\*)\\s*courier:\\s*allow\\s+([\\w-]+)(?:\\s+because\\s+(\\S.*))?");

  static Allowances of(String text) {
    Allowances found = new Allowances(new LinkedHashMap<>(), new LinkedHashMap<>());
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher allow = ALLOW.matcher(line);
      if (allow.find()) {
        (allow.group(2) == null ? found.unreasoned : found.lines).put(allow.group(1), number);
      }
    }
    return found;
  }

  public boolean allow(String rule) {
    return lines.containsKey(rule);
  }

  public Set<String> rules() {
    return lines.keySet();
  }
}
