package courier.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Which pages of other origins may call a server (CORS), never with credentials. A page of its own
 * always may, and by default one of Courier's: of the same host, at the port of another service.
 */
public final class Origins {
  private static final String HTTPS = "https";
  private static final int MAX_AGE_SECONDS = 3600;

  private final CorsHandler listed;
  private final boolean tls;
  private final Set<Integer> pages;

  /**
   * @param listed origins with commas between, {@code *} for any, or nothing
   * @param tls whether the server speaks it, and so its pages are of https
   * @param pages if nothing is listed, the ports at which pages are served that may call
   */
  public Origins(String listed, boolean tls, Set<Integer> pages) {
    this.listed = listed.isBlank() ? null : cors(List.of(listed.strip().split("\\s*,\\s*")));
    this.tls = tls;
    this.pages = pages;
  }

  private static CorsHandler cors(List<String> origins) {
    return CorsHandler.create()
        .addOrigins(origins)
        .allowedMethods(
            Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE, HttpMethod.OPTIONS))
        .allowedHeaders(Set.of("authorization", "content-type", "idempotency-key", "if-none-match"))
        .exposedHeaders(Set.of("etag", "link", "location", "retry-after", "www-authenticate"))
        .maxAgeSeconds(MAX_AGE_SECONDS);
  }

  /** Answers a preflight, refuses with 403, or lets pass with what the browser wants to read. */
  void check(RoutingContext context) {
    String origin = context.request().getHeader(HttpHeaders.ORIGIN);
    HostAndPort asked = context.request().authority();
    if (origin != null && isOwn(origin, asked)) {
      context.next(); // browsers say it to the page's own server too
    } else if (listed != null) {
      listed.handle(context);
    } else if (origin == null) {
      context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      context.next();
    } else if (asked != null && isPage(origin, asked.host())) {
      cors(List.of(origin)).handle(context);
    } else {
      context.fail(403);
    }
  }

  /** Before a server without TLS there may be a proxy that has it. */
  private boolean isOwn(String origin, HostAndPort asked) {
    return tls ? origin.equals(HTTPS + "://" + asked) : origin.endsWith("://" + asked);
  }

  private boolean isPage(String origin, String host) {
    try {
      URI page = URI.create(origin);
      boolean https = HTTPS.equals(page.getScheme());
      int port = page.getPort() < 0 ? defaultPort(https) : page.getPort();
      return (https || !tls) && host.equals(page.getHost()) && pages.contains(port);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Browsers leave it out. */
  private static int defaultPort(boolean https) {
    return https ? 443 : 80;
  }
}
