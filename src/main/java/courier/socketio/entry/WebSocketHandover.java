package courier.socketio.entry;

import courier.http.ClientAddress;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
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
          ConnectionBase connection = (ConnectionBase) request.connection();
          acceptor.adopt(connection.channel(), copy(request), ClientAddress.of(request));
          leave(connection);
        },
        () -> Refusal.badGateway(request.response()));
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

  /** For Vert.x the connection ends here: it counts it no more, and keeps nothing of it. */
  private static void leave(ConnectionBase connection) {
    ChannelHandlerContext context = connection.channelHandlerContext();
    VertxHandler<?> handler = (VertxHandler<?>) context.handler();
    context.pipeline().remove(handler);
    handler.channelInactive(context);
  }
}
