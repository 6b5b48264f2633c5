package courier.reload.file;

import java.nio.file.Path;

/** A file that is no text that a route can be read of: where, what is wrong, what to do. */
public final class UnreadText extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String what;
  private final String write;

  UnreadText(Path file, int line, String what, String write) {
    super("%s:%d: %s; write: %s".formatted(file, line, what, write), null, false, false);
    this.line = line;
    this.what = what;
    this.write = write;
  }

  /** From 1 on. */
  public int line() {
    return line;
  }

  public String what() {
    return what;
  }

  public String write() {
    return write;
  }
}
