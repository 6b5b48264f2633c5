package courier.reload.save;

import courier.failure.Reason;
import courier.reload.file.RouteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A route file as it is on the disk.
 *
 * @param text null if it is gone, or cannot be read
 * @param problem why it cannot be read; null if it can, or is gone
 */
record Save(Path file, String text, String problem) {
  static Save of(Path file) {
    try {
      String text = RouteText.of(file);
      return isEmpty(text)
          ? new Save(file, null, file + ":1: it is empty; write: a route, or delete the file")
          : new Save(file, text, null);
    } catch (IOException | RuntimeException e) {
      return new Save(file, null, Files.isRegularFile(file) ? Reason.of(e) : null);
    }
  }

  /** Also of comments alone, which Camel does not start with. */
  private static boolean isEmpty(String text) {
    return text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
  }

  boolean isReadable() {
    return problem == null;
  }

  boolean isGone() {
    return text == null && problem == null;
  }

  /** Whether it is what runs; null is that nothing does. */
  boolean is(String running) {
    return isReadable() && Objects.equals(text, running);
  }
}
