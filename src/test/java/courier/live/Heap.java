package courier.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Of another process of Java. */
final class Heap {
  private final long pid;

  Heap(long pid) {
    this.pid = pid;
  }

  /** The bytes of what is reachable, after a full garbage collection. */
  long live() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process histogram =
          new ProcessBuilder(jcmd, "" + pid, "GC.class_histogram")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (var lines = histogram.inputReader()) {
        return lines
            .lines()
            .filter(line -> line.startsWith("Total"))
            .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
            .findFirst()
            .orElseThrow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
