package courier.socketio;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Has clients of the default namespace go on where they were. The server answers CONNECT at once
 * and has no word in it for a position; so the packet waits here until the position is known, and
 * the subscription follows the answer.
 */
@Sharable
final class ConnectHandler extends ChannelInboundHandlerAdapter {
  private static final String CONNECT = "40";

  private volatile Subscriptions subscriptions;
  private volatile Recipients recipients;

  /** From now on clients get the events of a log. */
  void serve(Subscriptions log, Recipients names) {
    recipients = names;
    subscriptions = log;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (subscriptions == null || !(message instanceof PacketsMessage packets)) {
      context.fireChannelRead(message);
      return;
    }
    String text = packets.getContent().toString(StandardCharsets.UTF_8);
    if (text.startsWith(CONNECT) && !text.startsWith("/", CONNECT.length()) && isV4(packets)) {
      connect(context, packets, text.substring(CONNECT.length()));
    } else {
      boolean polled = packets.getClient().getCurrentTransport() == Transport.POLLING;
      context.fireChannelRead(message);
      if (polled && packets.getClient().getCurrentTransport() == Transport.WEBSOCKET) {
        subscriptions.upgraded(packets.getClient().getSessionId(), context.channel());
      }
    }
  }

  private static boolean isV4(PacketsMessage packets) {
    return packets.getClient().getEngineIOVersion() == EngineIOVersion.V4;
  }

  private void connect(ChannelHandlerContext context, PacketsMessage packets, String data) {
    ClientHead client = packets.getClient();
    Channel webSocket = packets.getTransport() == Transport.WEBSOCKET ? context.channel() : null;
    try {
      Auth auth = Auth.of(client.getHandshakeData(), data);
      String room = recipients.room(auth.clientId());
      Runnable answer = answer(context, packets);
      packets.getContent().retain();
      Consumer<Recovery.Start> started =
          start -> {
            Subscriber subscriber = new Subscriber(client, webSocket, room, start);
            subscriptions.admit(subscriber);
            answer.run();
            subscriptions.begin(subscriber);
            packets.getContent().release();
          };
      Consumer<String> refused =
          reason -> {
            refuse(client, reason);
            packets.getContent().release();
          };
      subscriptions.arrive(
          new Arrival(client, auth, room, inOrder(context, started), inOrder(context, refused)));
    } catch (IllegalArgumentException e) {
      refuse(client, e.getMessage());
    }
  }

  /** The packet goes on to the server, also when the poll it came with has its answer. */
  private static Runnable answer(ChannelHandlerContext context, PacketsMessage packets) {
    var server =
        (ChannelInboundHandler) context.pipeline().get(SocketIOChannelInitializer.PACKET_HANDLER);
    return () -> {
      try {
        server.channelRead(context, packets);
      } catch (Exception e) {
        context.fireExceptionCaught(e);
      }
    };
  }

  private static <T> Consumer<T> inOrder(ChannelHandlerContext context, Consumer<T> then) {
    EventExecutor loop = context.executor();
    return value -> {
      if (loop.inEventLoop()) {
        then.accept(value);
      } else {
        loop.execute(() -> then.accept(value));
      }
    };
  }

  /** The server connects a client of Socket.IO 2 by itself, and asks it nothing. */
  void connected(SocketIOClient socket) {
    ClientHead client = ((NamespaceClient) socket).getBaseClient();
    if (subscriptions == null || client.getEngineIOVersion() == EngineIOVersion.V4) {
      return;
    }
    try {
      Auth auth = Auth.of(client.getHandshakeData(), "");
      String room = recipients.room(auth.clientId());
      Consumer<Recovery.Start> started =
          start -> subscriptions.subscribe(new Subscriber(client, null, room, start));
      subscriptions.arrive(
          new Arrival(client, auth, room, started, reason -> refuse(client, reason)));
    } catch (IllegalArgumentException e) {
      refuse(client, e.getMessage());
    }
  }

  void disconnected(SocketIOClient client) {
    if (subscriptions != null) {
      subscriptions.unsubscribe(client.getSessionId());
    }
  }

  /** What a client is told as its {@code pid}, or null. */
  String pid(UUID session) {
    return subscriptions == null ? null : subscriptions.pid(session);
  }

  private static void refuse(ClientHead client, String reason) {
    EngineIOVersion version = client.getEngineIOVersion();
    Packet error = new Packet(PacketType.MESSAGE, version);
    error.setSubType(PacketType.ERROR);
    error.setData(version == EngineIOVersion.V4 ? Map.of("message", reason) : reason);
    client.send(error);
  }
}
