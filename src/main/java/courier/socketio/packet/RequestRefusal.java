package courier.socketio.packet;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.TOO_MANY_REQUESTS;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** What a request is answered that goes no further; the errors are Engine.IO's. */
public final class RequestRefusal {
  private RequestRefusal() {}

  public static FullHttpResponse notFound() {
    return answer(NOT_FOUND, "");
  }

  public static FullHttpResponse tooMany() {
    FullHttpResponse answer = answer(TOO_MANY_REQUESTS, "");
    answer.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
    return answer;
  }

  static FullHttpResponse unknownTransport() {
    return answer(BAD_REQUEST, "{\"code\":0,\"message\":\"Transport unknown\"}");
  }

  static FullHttpResponse badHandshakeMethod() {
    return answer(BAD_REQUEST, "{\"code\":2,\"message\":\"Bad handshake method\"}");
  }

  static FullHttpResponse unsupportedVersion() {
    return answer(BAD_REQUEST, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
  }

  public static FullHttpResponse unknownSession() {
    return answer(BAD_REQUEST, "{\"code\":1,\"message\":\"Session ID unknown\"}");
  }

  public static FullHttpResponse badRequest() {
    return answer(BAD_REQUEST, "{\"code\":3,\"message\":\"Bad request\"}");
  }

  private static FullHttpResponse answer(HttpResponseStatus status, String json) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!json.isEmpty()) {
      answer.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    }
    return answer;
  }
}
