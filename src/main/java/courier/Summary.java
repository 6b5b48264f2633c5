package courier;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** What runs, and where, in the words of who started it. */
final class Summary {
  private final PrintStream out;

  Summary(PrintStream out) {
    this.out = out;
  }

  void ready(long nanos) {
    out.printf("%nCourier is ready after %.1f s.%n", nanos / (double) TimeUnit.SECONDS.toNanos(1));
  }

  /** A part and its address. */
  void line(String part, String address, String remark) {
    out.printf("%n%-9s %s   %s%n", part, address, remark);
  }

  /**
   * A route and where it is from.
   *
   * @param location null when Courier itself has it
   */
  void route(String id, String location) {
    out.printf("  %-20s %s%n", id, location == null ? "Courier" : location.replace("file:", ""));
  }
}
