package courier.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.listener.DefaultExceptionListener;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.Locale;

/** netty-socketio's configuration, made of the component's. */
final class ServerConfiguration {
  private ServerConfiguration() {}

  static Configuration of(SocketioConfiguration options) {
    Configuration server = options.getServerConfiguration();
    if (server == null) {
      server = defaults();
    }
    server.setHostname(options.getHost());
    server.setPort(options.getPort());
    // Without an origin the server reflects any, with credentials; a browser denies "*" with them.
    server.setOrigin(options.getOrigin());
    server.setTransports(transports(options.getTransports()));
    server.setPingInterval(Math.toIntExact(options.getPingInterval()));
    server.setPingTimeout(Math.toIntExact(options.getPingTimeout()));
    server.setMaxFramePayloadLength(options.getMaxFramePayloadLength());
    // Otherwise a session id is taken from a cookie, and two tabs of one browser share a session.
    server.setRandomSession(true);
    if (server.getJsonSupport() == null) {
      server.setJsonSupport(new JacksonJsonSupport());
    }
    return server;
  }

  private static Configuration defaults() {
    Configuration server = new Configuration();
    server.setBossThreads(1);
    server.setWorkerThreads(Runtime.getRuntime().availableProcessors());
    // Compressing each event for each client costs more than it saves.
    server.setWebsocketCompression(false);
    server.setAddVersionHeader(false);
    server.setExceptionListener(
        new DefaultExceptionListener() {
          @Override
          public boolean exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            return false; // goes on to ConnectionGuard
          }
        });
    return server;
  }

  private static Transport[] transports(String names) {
    return Arrays.stream(names.split(","))
        .map(name -> Transport.valueOf(name.strip().toUpperCase(Locale.ROOT)))
        .toArray(Transport[]::new);
  }
}
