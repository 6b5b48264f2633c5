package courier;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;

/**
 * What runs, and where, in the words of who started it. It is said in one write, so that who waits
 * for it in a log has all of it.
 */
final class Summary {
  private final StringBuilder text = new StringBuilder();

  void print(PrintStream out) {
    byte[] bytes = text.toString().getBytes(Charset.defaultCharset());
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  void ready(long nanos) {
    add("%nCourier is ready after %.1f s.%n", nanos / (double) TimeUnit.SECONDS.toNanos(1));
  }

  /** A part and its address. */
  void line(String part, String address, String remark) {
    add("%n%-9s %s   %s%n", part, address, remark);
  }

  /** The routes and where they are from: those that a user edits, and then the machinery. */
  void routes(List<Route> routes) {
    routes.stream().sorted(Comparator.comparing(Summary::isJava)).forEach(this::route);
  }

  private static boolean isJava(Route route) {
    return String.valueOf(route.getSourceLocation()).contains(".java");
  }

  private void route(Route route) {
    String location = route.getSourceLocation();
    add(
        "  %-20s %s%n",
        route.getRouteId(), location == null ? "Courier" : location.replace("file:", ""));
  }

  private void add(String format, Object... values) {
    text.append(format.formatted(values));
  }
}
