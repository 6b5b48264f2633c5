package courier.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * What a service's HTTP server does around its routes: CORS, where the client is, and {@link
 * Problem} bodies for what the router refuses before any route sees it. A client's mistake leaves
 * no line in the log.
 */
public final class HttpEdge {
  private static final int MAX_AGE_SECONDS = 3600;

  private HttpEdge() {}

  /**
   * @param router of a server that listens already; routes may be added before and after
   * @param corsOrigins which pages of other origins may call: {@code *}, or origins with commas
   * @param addresses where a client is; each route learns it
   */
  public static void install(
      VertxPlatformHttpRouter router, String corsOrigins, ClientAddress addresses) {
    CorsHandler cors =
        CorsHandler.create()
            .addOrigins(List.of(corsOrigins.strip().split("\\s*,\\s*")))
            .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
            .allowedHeaders(Set.of("content-type", "idempotency-key"))
            .exposedHeaders(Set.of("link", "retry-after"))
            .maxAgeSeconds(MAX_AGE_SECONDS);
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(
            context -> {
              tidyContentType(context.request().headers());
              addresses.tell(context.request());
              if (isEncoded(context.request().headers())) {
                context.fail(415); // what it would be when it is decoded, nobody bounds
                return;
              }
              if (isOwnOrigin(context)) {
                context.next();
              } else {
                cors.handle(context);
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

  /** Browsers send an Origin to the page's own server too, which no list of others has to name. */
  private static boolean isOwnOrigin(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    return origin != null && origin.endsWith("://" + context.request().authority());
  }
}
