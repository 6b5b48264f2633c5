package courier.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Of names that there are the one that somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** Unless none is near. */
  public static Optional<String> to(String name, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(each -> edits(name, each)))
        .filter(each -> edits(name, each) <= Math.max(name.length(), each.length()) / 2);
  }

  /** How many characters are to be added, taken away or changed (Levenshtein's distance). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
