package courier.socketio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session ends, by another connection, while netty-socketio has a request of it in its hands. */
class EndingSessionTest {
  private final SocketioPipeline pipeline = new SocketioPipeline(new SocketioConfiguration());
  private Namespace root;
  private String session;

  @BeforeEach
  void open() {
    Configuration configuration =
        ServerConfiguration.of(new SocketioConfiguration(), pipeline.clients::pid);
    NamespacesHub namespaces = new NamespacesHub(configuration);
    root = namespaces.create(Namespace.DEFAULT_NAME);
    pipeline.start(configuration, namespaces);
    session = answer(connection(), "GET", "").replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
  }

  @AfterEach
  void isGone() {
    pipeline.stop();
    assertEquals(0, pipeline.sessions.all().size());
    assertEquals(0, root.getAllClients().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void aRequestOnItsWayIsToldThatItIsUnknown(String method) {
    EmbeddedChannel connection = connection();
    connection
        .pipeline()
        .addBefore(
            SocketIOChannelInitializer.XHR_POLLING_TRANSPORT,
            null,
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof FullHttpRequest) {
                  end();
                }
                context.fireChannelRead(message);
              }
            });

    String answer = answer(connection, method, "&sid=" + session);

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.endsWith("{\"code\":1,\"message\":\"Session ID unknown\"}"), answer);
  }

  /** The server connects whoever polls to the first namespace. */
  @Test
  void aPollLeavesNoClientBehind() {
    EmbeddedChannel connection = connection();
    connection
        .pipeline()
        .addLast(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object packets, ChannelPromise done) {
                if (packets instanceof OutPacketMessage) {
                  context.pipeline().remove(this);
                  end();
                }
                context.write(packets, done);
              }
            });

    answer(connection, "GET", "&sid=" + session);
  }

  private void end() {
    pipeline.sessions.of(session).end(WebSocketCloseStatus.POLICY_VIOLATION, "");
  }

  private EmbeddedChannel connection() {
    EmbeddedChannel connection =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
          }

          @Override
          protected SocketAddress localAddress0() {
            return remoteAddress0();
          }
        };
    pipeline.addTo(connection);
    return connection;
  }

  private static String answer(EmbeddedChannel connection, String method, String more) {
    String request =
        "%s /socket.io/?EIO=4&transport=polling%s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
            .formatted(method, more);
    connection.writeInbound(Unpooled.copiedBuffer(request.getBytes()));
    connection.runPendingTasks();
    StringBuilder answer = new StringBuilder();
    for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
      answer.append(part.toString(StandardCharsets.UTF_8));
      part.release();
    }
    return answer.toString();
  }
}
