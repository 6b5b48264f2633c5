package courier;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;

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

  /** The routes and where they are from: those that a user edits, and then the machinery. */
  void routes(List<Route> routes) {
    routes.stream().sorted(Comparator.comparing(Summary::isJava)).forEach(this::route);
  }

  private static boolean isJava(Route route) {
    return String.valueOf(route.getSourceLocation()).contains(".java");
  }

  private void route(Route route) {
    String location = route.getSourceLocation();
    out.printf(
        "  %-20s %s%n",
        route.getRouteId(), location == null ? "Courier" : location.replace("file:", ""));
  }
}
