package courier.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** The answer when the Socket.IO server cannot be reached (RFC 9457). */
final class BadGateway {
  static final String TYPE = "application/problem+json";
  static final Buffer BODY =
      new JsonObject()
          .put("type", "about:blank")
          .put("title", "Bad Gateway")
          .put("status", 502)
          .put("detail", "The Socket.IO server does not answer. Connect again in a moment.")
          .toBuffer();

  private BadGateway() {}

  static void answer(HttpServerResponse response) {
    if (!response.closed() && !response.ended()) {
      response.setStatusCode(502).putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end(BODY);
    }
  }
}
