package courier.http;

import courier.metrics.Figure;
import courier.metrics.Figures;
import io.vertx.ext.web.RoutingContext;

/** Counts requests and events that are answered with a {@link Problem}. */
public final class Refused {
  private static final String FIGURES = Figures.class.getName();

  private Refused() {}

  /** Lets a request be counted that comes to no route. */
  static void tell(RoutingContext context, Figures figures) {
    context.put(FIGURES, figures);
  }

  /** A request that is refused before any route has it. */
  public static void count(RoutingContext context, int status) {
    Figures figures = context.get(FIGURES);
    if (figures != null) {
      count(figures, "none", status);
    }
  }

  static void count(Figures figures, String route, int status) {
    figures.count(Figure.REFUSED, 1, "route", route, "status", Integer.toString(status));
  }
}
