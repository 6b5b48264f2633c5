package courier.http.connection;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.tls.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x for one HTTP server whose connections are bounded. Camel makes the server itself and has
 * no options for that, and Vert.x hands out neither its servers' listening sockets nor a transport
 * but by its insides, which are used here and nowhere else.
 */
public final class HttpVertx extends VertxWrapper {
  private final Connections connections;
  private final HttpLimits limits;
  private final boolean http2;
  private final Optional<Tls> tls;

  private HttpVertx(
      VertxInternal vertx,
      Connections connections,
      HttpLimits limits,
      boolean http2,
      Optional<Tls> tls) {
    super(vertx);
    this.connections = connections;
    this.limits = limits;
    this.http2 = http2;
    this.tls = tls;
  }

  /**
   * @param http2 whether it is spoken beside HTTP/1.1; without TLS in clear text
   */
  public static HttpVertx of(
      VertxOptions options,
      HttpLimits limits,
      ClientAddress addresses,
      boolean http2,
      Optional<Tls> tls) {
    Connections connections = new Connections(limits, addresses, tls.isPresent());
    // Nothing is looked for there, and who is killed would leave a folder for it.
    options.getFileSystemOptions().setClassPathResolvingEnabled(false);
    VertxBuilder builder = new VertxBuilder(options).init();
    builder.findTransport(new Counting(connections));
    return new HttpVertx((VertxInternal) builder.vertx(), connections, limits, http2, tls);
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    HttpServerOptions bound =
        http2 ? Http2.bound(options) : options.setHttp2ClearTextEnabled(false);
    tls.ifPresent(
        speaks ->
            speaks
                .secure(bound)
                .setUseAlpn(http2)
                .setSslHandshakeTimeout(limits.requestTimeout())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
    return super.createHttpServer(bound).connectionHandler(connections::opened);
  }

  @Override
  public HttpServer createHttpServer() {
    return createHttpServer(new HttpServerOptions());
  }

  /** Has each connection counted when it is accepted, before anything is done for it. */
  private static final class Counting extends JDKTransport {
    private final Connections connections;

    Counting(Connections connections) {
      this.connections = connections;
    }

    @Override
    public void configure(
        NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      bootstrap.handler(new Door(connections));
    }
  }

  /** Of the listening socket: what it reads are connections. */
  private static final class Door extends ChannelInboundHandlerAdapter {
    private final Connections connections;

    Door(Connections connections) {
      this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel channel = (Channel) accepted;
      if (connections.admit(channel)) {
        context.fireChannelRead(channel);
      } else {
        channel.unsafe().closeForcibly(); // at once, or there would be no file handle for others
      }
    }
  }
}
