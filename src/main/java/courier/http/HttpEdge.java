package courier.http;

import courier.metrics.Figures;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * What a service's HTTP server does around its routes: CORS, by what name it was asked, where the
 * client is, and {@link Problem} bodies for what the router refuses before any route sees it. A
 * client's mistake leaves no line in the log.
 */
public final class HttpEdge {
  private static final Set<String> ASKED_ITSELF = Set.of("same-origin", "none");

  private HttpEdge() {}

  /**
   * @param router of a server that listens already; routes may be added before and after
   * @param hosts by which it is asked
   * @param origins of other pages that may call
   * @param addresses where a client is; each route learns it
   * @param figures where it is counted what is refused
   */
  public static void install(
      VertxPlatformHttpRouter router,
      Hosts hosts,
      Origins origins,
      ClientAddress addresses,
      Figures figures) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(
            context -> {
              HttpServerRequest request = context.request();
              Refused.tell(context, figures);
              tidyContentType(request.headers());
              addresses.tell(request);
              if (!hosts.isMeant(request)) {
                context.fail(421);
              } else if (isEncoded(request.headers())) {
                context.fail(415); // what it would be when it is decoded, nobody bounds
              } else {
                origins.check(context);
              }
            });
    new RouterRefusals(router).explain();
  }

  /**
   * Before the management, where a GET may stop a route: only who asks by a name of the server, and
   * a browser only for a page of it, or for who typed its address (Sec-Fetch-Site, of Fetch
   * Metadata). Health and metrics change nothing, and links may lead there.
   */
  public static void installManagement(VertxPlatformHttpRouter router, Hosts hosts) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(
            context -> {
              HttpServerRequest request = context.request();
              String site = request.getHeader("Sec-Fetch-Site");
              if (!hosts.isMeant(request)) {
                context.fail(421);
              } else if (site != null
                  && !ASKED_ITSELF.contains(site)
                  && context.normalizedPath().contains("/jolokia")) {
                context.fail(403);
              } else {
                context.next();
              }
            });
    new RouterRefusals(router).explain();
  }

  /** The router compares letter by letter, and takes an asterisk for any type. */
  private static void tidyContentType(MultiMap headers) {
    String sent = headers.get(HttpHeaders.CONTENT_TYPE);
    if (sent == null) {
      return;
    }
    int end = sent.indexOf(';') < 0 ? sent.length() : sent.indexOf(';');
    String type = sent.substring(0, end).toLowerCase(Locale.ROOT);
    if (type.contains("*")) {
      headers.remove(HttpHeaders.CONTENT_TYPE);
    } else {
      headers.set(HttpHeaders.CONTENT_TYPE, type + sent.substring(end));
    }
  }

  private static boolean isEncoded(MultiMap headers) {
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    return coding != null && !coding.strip().equalsIgnoreCase("identity");
  }
}
