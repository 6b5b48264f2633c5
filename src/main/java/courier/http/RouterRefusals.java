package courier.http;

import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a {@link Problem} what the router refuses before any route sees it. */
final class RouterRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(RouterRefusals.class);
  private static final int HANG_UP_MILLIS = 1000;
  private static final int[] STATUSES = {400, 403, 404, 405, 413, 415, 417, 421, 500, 503};

  private final VertxPlatformHttpRouter router;

  RouterRefusals(VertxPlatformHttpRouter router) {
    this.router = router;
  }

  void explain() {
    // What matches no route ends in the server's own router, a bad path in the one of the routes.
    Router outer = (Router) router.getServer().getServer().requestHandler();
    for (Router each : List.of(outer, router)) {
      for (int status : STATUSES) {
        each.errorHandler(status, context -> explain(context, status));
      }
      // The body handler's word for a client that went away while it was sending.
      each.errorHandler(200, context -> explain(context, 400));
    }
  }

  private void explain(RoutingContext context, int status) {
    if (status >= 500 && context.failure() != null) {
      LOG.error(
          "{} {} failed", context.request().method(), context.request().path(), context.failure());
    }
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String allow = status == 405 ? allowed(context) : null;
    if (allow != null) {
      response.putHeader(HttpHeaders.ALLOW, allow);
      if (context.request().method() == HttpMethod.OPTIONS) {
        response.setStatusCode(204).end();
        return;
      }
    }
    Refused.count(context, status);
    if (status == 413) {
      hangUp(context);
    } else if (status == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    } else if (status == 415
        && context.request().headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      // Not to what has the wrong type (RFC 9110, 12.5.3).
      response.putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(Buffer.buffer(Problem.of(status, detail(status, allow)).toJson()));
    }
  }

  /** Not at once: what a client still sends would meet a reset, and the answer be lost in it. */
  private static void hangUp(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2) {
      // Only this request: others are on the same connection.
      hangUp(context, () -> context.response().reset(Http2Error.NO_ERROR.code()));
    } else {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      hangUp(context, request.connection()::close);
    }
  }

  private static void hangUp(RoutingContext context, Runnable close) {
    context.vertx().setTimer(HANG_UP_MILLIS, timer -> close.run());
  }

  private String detail(int status, String allow) {
    return switch (status) {
      case 400 ->
          "The request is malformed: check its address, its Host header and its body's encoding.";
      case 403 ->
          "Pages of this origin may not call this server: add the origin to its CORS origins.";
      case 404 -> "There is nothing at this address: check its path.";
      case 405 -> "Send this with " + allow.replace(", ", " or ") + ".";
      case 413 ->
          "The body is longer than %d bytes: send less."
              .formatted(router.getServer().getMaxBodySize());
      case 415 -> "Send JSON, not compressed, and the header Content-Type: application/json.";
      case 421 ->
          "This server is not asked by that name: ask it by its address, or add the name to its http.hosts.";
      case 417 ->
          "The only expectation this server meets is 100-continue: leave out the header Expect.";
      case 503 -> "This service is starting, busy or stopping: send it again.";
      default -> "Something failed here that is not the request's fault: try again later.";
    };
  }

  private String allowed(RoutingContext context) {
    String path = context.normalizedPath();
    return router.getRoutes().stream()
        .filter(route -> route.methods() != null && route.getPath() != null)
        .filter(route -> path.matches(pattern(route)))
        .flatMap(route -> route.methods().stream().map(HttpMethod::name))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String pattern(Route route) {
    return route.getPath().replaceAll(":\\w+", "[^/]+") + (route.isExactPath() ? "/?" : ".*");
  }
}
