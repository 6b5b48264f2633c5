package courier.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose client does not get to the end of its first request's head. Camel's HTTP
 * server has no option for that, and Vert.x's idle timeout would end long polls and long answers.
 */
public final class FirstRequestTimeout implements VertxServiceProvider {
  static final int SECONDS = 10;

  /** Vert.x finds this class as a service. */
  @Override
  public void init(VertxBuilder builder) {
    if (builder.findTransport() instanceof JDKTransport) {
      builder.findTransport(new Impatient());
    }
  }

  private static final class Impatient extends JDKTransport {
    @Override
    public void configure(
        NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
      super.configure(options, domainSocket, bootstrap);
      ChannelHandler server = bootstrap.config().childHandler();
      bootstrap.childHandler(
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
              channel.pipeline().addLast(server);
              channel
                  .eventLoop()
                  .schedule(() -> closeIfWaiting(channel), SECONDS, TimeUnit.SECONDS);
            }
          });
    }

    /** Until the first head is read, one of Vert.x's handlers waits for what protocol it is. */
    private static void closeIfWaiting(Channel channel) {
      ChannelPipeline pipeline = channel.pipeline();
      if (pipeline.get(Http1xOrH2CHandler.class) != null
          || pipeline.get(Http1xUpgradeToH2CHandler.class) != null) {
        channel.close();
      }
    }
  }
}
