package courier.socketio.entry;

import courier.http.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/** What a Socket.IO client is answered that does not come through (RFC 9457). */
final class EngineRefusal {
  static final Buffer BAD_GATEWAY =
      body(502, "The Socket.IO server does not answer. Connect again in a moment.");

  private static final Buffer TOO_MANY_REQUESTS =
      body(429, "Your address has too many connections, or opens them too fast. Wait a moment.");

  private static final Buffer TOO_LARGE =
      body(
          413,
          "A POST may have as many bytes as maxPayload of the handshake says: send less at once.");

  private static final Buffer BAD_REQUEST =
      body(400, "A percent sign in the address encodes nothing: write it as %25.");

  private static final Buffer LEAVING =
      body(503, "This server is about to stop. Connect again in a moment, to another one.");

  private EngineRefusal() {}

  private static Buffer body(int status, String detail) {
    return Buffer.buffer(Problem.of(status, detail).toJson());
  }

  static void badGateway(HttpServerResponse response) {
    if (!response.closed() && !response.ended()) {
      answer(response.setStatusCode(502), BAD_GATEWAY);
    }
  }

  static void badRequest(HttpServerResponse response) {
    answer(response.setStatusCode(400), BAD_REQUEST);
  }

  static ProxyResponse tooLarge(ProxyRequest request) {
    return request
        .response()
        .setStatusCode(413)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
        .setBody(Body.body(TOO_LARGE));
  }

  static void tooManyRequests(HttpServerResponse response) {
    answer(response.setStatusCode(429).putHeader(HttpHeaders.RETRY_AFTER, "1"), TOO_MANY_REQUESTS);
  }

  static void leaving(HttpServerResponse response) {
    answer(response.setStatusCode(503).putHeader(HttpHeaders.RETRY_AFTER, "1"), LEAVING);
  }

  private static void answer(HttpServerResponse response, Buffer body) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE).end(body);
  }
}
