package courier.identity;

import courier.http.Problem;
import courier.http.Refused;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Says no to a request for who asks, as RFC 6750, 3 has it. */
enum Challenge {
  /** No token came. */
  NO_TOKEN(401, ""),
  /** One came that is not good. */
  INVALID_TOKEN(401, ", error=\"invalid_token\""),
  /** It came where it must not. */
  INVALID_REQUEST(400, ", error=\"invalid_request\""),
  /** It is somebody's who may not. */
  INSUFFICIENT_SCOPE(403, ", error=\"insufficient_scope\"");

  private final int status;
  private final String error;

  Challenge(int status, String error) {
    this.status = status;
    this.error = error;
  }

  void answer(RoutingContext context, String why) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Refused.count(context, status);
    response
        .setStatusCode(status)
        .putHeader("WWW-Authenticate", "Bearer realm=\"courier\"" + error)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(Buffer.buffer(Problem.of(status, why).toJson()));
    }
  }
}
