package courier.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;

/** What is under a connection of Vert.x, which has no public way to it: this is the only one. */
public final class Wire {
  /** Of a connection whose request is of any length. */
  private static final AttributeKey<Boolean> LONG = AttributeKey.valueOf(Wire.class, "long");

  private Wire() {}

  /** Lets the body of the request that came last take as long as it goes on. */
  static void expectLongBody(HttpConnection connection) {
    of(connection).attr(LONG).set(true);
  }

  /** Whether that was said of it. */
  public static boolean expectsLongBody(Channel channel) {
    return Boolean.TRUE.equals(channel.attr(LONG).get());
  }

  /** Another request has come. */
  public static void expectShortBody(Channel channel) {
    channel.attr(LONG).set(null);
  }

  public static Channel of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  /** Tells a client that asks before it sends a body to go on (RFC 9110, 10.1.1). */
  public static void goOn(HttpServerRequest request) {
    if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  /** Closes it from Vert.x' place on, so that what waits there is not sent first. */
  static void cut(HttpConnection connection) {
    ((ConnectionBase) connection).channelHandlerContext().close().awaitUninterruptibly();
  }

  /** For Vert.x the connection ends here: it counts it no more, and keeps nothing of it. */
  public static void leave(HttpConnection connection) {
    ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
    VertxHandler<?> handler = (VertxHandler<?>) context.handler();
    context.pipeline().remove(handler);
    handler.channelInactive(context);
  }
}
