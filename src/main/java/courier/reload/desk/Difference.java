package courier.reload.desk;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What is other in a text than in the one before, as {@code diff -u} says it. */
final class Difference {
  /** One can see what it is about, and the file itself is at hand. */
  private static final int MOST_CHARACTERS = 32 * 1024;

  private static final int LINES_AROUND = 3;

  private Difference() {}

  /**
   * @return lines, each with its end; empty if there is none
   */
  static String of(String file, String before, String after) {
    List<String> old = before == null ? List.of() : before.lines().toList();
    List<String> now = after == null ? List.of() : after.lines().toList();
    StringBuilder said = new StringBuilder();
    for (String line :
        UnifiedDiffUtils.generateUnifiedDiff(
            file, file, old, DiffUtils.diff(old, now), LINES_AROUND)) {
      if (said.length() + line.length() > MOST_CHARACTERS) {
        return said.append("…\n").toString();
      }
      said.append(line).append('\n');
    }
    return said.toString();
  }
}
