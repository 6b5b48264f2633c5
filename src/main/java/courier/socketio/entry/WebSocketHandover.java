package courier.socketio.entry;

import courier.http.ClientAddress;
import courier.http.Wire;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Hands the connection of a client that asks for a WebSocket over to the Socket.IO server: both run
 * on the same Netty, so nothing has to be copied from one socket to another.
 */
final class WebSocketHandover {
  private WebSocketHandover() {}

  static void open(HttpServerRequest request, Optional<SocketioAcceptor> server) {
    server.ifPresentOrElse(
        acceptor -> {
          HttpConnection connection = request.connection();
          acceptor.adopt(Wire.of(connection), copy(request), ClientAddress.of(request));
          Wire.leave(connection);
        },
        () -> EngineRefusal.badGateway(request.response()));
  }

  private static FullHttpRequest copy(HttpServerRequest request) {
    FullHttpRequest copy =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method().name()),
            request.uri(),
            Unpooled.EMPTY_BUFFER);
    request.headers().forEach((name, value) -> copy.headers().add(name, value));
    copy.headers().remove(HttpHeaders.ORIGIN); // it has been decided on
    return copy;
  }
}
