package courier.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far long work is, on one line of the error output, and only if that is a terminal. */
final class Progress {
  private static final Path ERROR_OUTPUT = Path.of("/proc/self/fd/2");
  private static final int WIDTH = 30;

  private final String what;
  private final boolean shown = isTerminal();
  private boolean begun;

  /**
   * @param what is done, such as {@code sent}
   */
  Progress(String what) {
    this.what = what;
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(ERROR_OUTPUT).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  void at(long done) {
    show("%d %s".formatted(done, what));
  }

  void at(long done, long all) {
    int full = all == 0 ? 0 : (int) (WIDTH * done / all);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    show("[%s] %d of %d %s".formatted(bar, done, all, what));
  }

  private void show(String line) {
    if (shown) {
      begun = true;
      System.err.print("\r" + line + "\033[K");
      System.err.flush();
    }
  }

  void end() {
    if (begun) {
      System.err.println();
    }
  }
}
