package courier.socketio.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.listener.DefaultExceptionListener;
import com.corundumstudio.socketio.protocol.AuthPacket;
import com.corundumstudio.socketio.protocol.ConnPacket;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import courier.socketio.guard.SocketioLimits;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** netty-socketio's configuration, made of the component's. */
final class ServerConfiguration {
  private ServerConfiguration() {}

  /**
   * @param pids what a client is told as its {@code pid}, by its session
   */
  static Configuration of(SocketioConfiguration options, Function<UUID, String> pids) {
    Configuration server = options.getServerConfiguration();
    if (server == null) {
      server = defaults();
    }
    server.setHostname(options.getHost());
    server.setPort(options.getPort());
    server.setEnableCors(false); // a handler before it knows more than one origin
    server.setTransports(transports(options.getTransports()));
    server.setPingInterval(Math.toIntExact(options.getPingInterval()));
    server.setPingTimeout(Math.toIntExact(options.getPingTimeout()));
    server.setMaxFramePayloadLength(options.getMaxFramePayloadLength());
    server.setMaxHttpContentLength(options.getMaxFramePayloadLength());
    server.setFirstDataTimeout(Math.toIntExact(options.getConnectTimeout()));
    server.setUpgradeTimeout(Math.toIntExact(options.getConnectTimeout()));
    // Otherwise a session id is taken from a cookie, and two tabs of one browser share a session.
    server.setRandomSession(true);
    if (server.getJsonSupport() == null) {
      server.setJsonSupport(new JacksonJsonSupport(answers(pids, options)));
    }
    return server;
  }

  /**
   * The server's own handshake has no {@code maxPayload}, and its answer to CONNECT no {@code pid},
   * without which no client recovers.
   */
  private static SimpleModule answers(Function<UUID, String> pids, SocketioLimits limits) {
    return new SimpleModule()
        .addSerializer(
            AuthPacket.class,
            writer(
                (handshake, json) -> {
                  json.writeStringField("sid", handshake.getSid().toString());
                  json.writeArrayFieldStart("upgrades");
                  for (String upgrade : handshake.getUpgrades()) {
                    json.writeString(upgrade);
                  }
                  json.writeEndArray();
                  json.writeNumberField("pingInterval", handshake.getPingInterval());
                  json.writeNumberField("pingTimeout", handshake.getPingTimeout());
                  json.writeNumberField("maxPayload", limits.getMaxFramePayloadLength());
                }))
        .addSerializer(
            ConnPacket.class,
            writer(
                (answer, json) -> {
                  json.writeStringField("sid", answer.getSid().toString());
                  String pid = pids.apply(answer.getSid());
                  if (pid != null) {
                    json.writeStringField("pid", pid);
                  }
                }));
  }

  private interface Members<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private static <T> JsonSerializer<T> writer(Members<T> members) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider with)
          throws IOException {
        json.writeStartObject();
        members.write(value, json);
        json.writeEndObject();
      }
    };
  }

  private static Configuration defaults() {
    Configuration server = new Configuration();
    server.setBossThreads(1);
    server.setWorkerThreads(Runtime.getRuntime().availableProcessors());
    // Compressing each event for each client, or each answer to a poll, which mostly is two bytes,
    // costs more than it saves.
    server.setWebsocketCompression(false);
    server.setHttpCompression(false);
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
