package courier.socketio;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;

import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Has clients of the default namespace go on where they were. The server answers CONNECT at once
 * and has no word in it for a position; so the packet waits here until the position is known, and
 * the subscription follows the answer.
 */
@Sharable
final class ConnectHandler extends ChannelInboundHandlerAdapter {
  private static final String CONNECT = "connect";

  private final Sessions sessions;
  private final ClientEvents events;
  private final Predicate<String> namespaces;
  private volatile Subscriptions subscriptions;
  private volatile Recipients recipients;

  /**
   * @param namespaces whether there is one of this name
   */
  ConnectHandler(Sessions sessions, ClientEvents events, Predicate<String> namespaces) {
    this.sessions = sessions;
    this.events = events;
    this.namespaces = namespaces;
  }

  /** From now on clients get the events of a log. */
  void serve(Subscriptions log, Recipients names) {
    recipients = names;
    subscriptions = log;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof PacketsMessage packets)) {
      context.fireChannelRead(message);
      return;
    }
    Session session = sessions.of(packets.getClient());
    if (session == null) {
      return; // it ended
    }
    boolean attachment = packets.getClient().getLastBinaryPacket() != null;
    if (session.isV4() && !attachment && PacketQuota.isConnect(packets.getContent())) {
      connect(context, packets, session);
    } else {
      boolean polled = session.isPolling();
      context.fireChannelRead(message);
      if (polled && !session.isPolling()) {
        session.refusePoll();
        if (subscriptions != null) {
          subscriptions.upgraded(session.client.getSessionId(), context.channel());
        }
      }
    }
  }

  private void connect(ChannelHandlerContext context, PacketsMessage packets, Session session) {
    ConnectPacket packet = ConnectPacket.of(packets.getContent());
    if (packet.isDefault() && !session.connects()) {
      sessions.end(session, POLICY_VIOLATION, "CONNECT came twice");
      return;
    }
    if (!packet.isDefault() && !namespaces.test(packet.namespace())) {
      refuse(session, packet.namespace(), "Invalid namespace");
      return;
    }
    PacketsMessage bare =
        new PacketsMessage(session.client, packet.withoutData(), packets.getTransport());
    if (!packet.isDefault() || subscriptions == null) {
      context.fireChannelRead(bare);
      tell(session, packet);
      return;
    }
    try {
      arrive(context, bare, session, packet);
    } catch (IllegalArgumentException e) {
      refuse(session, e.getMessage());
    }
  }

  private void arrive(
      ChannelHandlerContext context, PacketsMessage bare, Session session, ConnectPacket packet) {
    Auth auth = Auth.of(session.client.getHandshakeData(), packet.data());
    Channel webSocket = bare.getTransport() == Transport.WEBSOCKET ? context.channel() : null;
    String room = recipients.room(auth.clientId());
    Runnable answer = answer(context, bare);
    Consumer<Recovery.Start> started =
        start -> {
          if (!session.client.isConnected()) {
            return; // the server would count it as connected for good
          }
          Subscriber subscriber = new Subscriber(session, webSocket, room, start);
          subscriptions.admit(subscriber);
          session.isOf(room);
          answer.run();
          subscriptions.begin(subscriber);
          tell(session, packet);
        };
    Consumer<String> refused = reason -> refuse(session, reason);
    subscriptions.arrive(
        new Arrival(session, auth, room, inOrder(context, started), inOrder(context, refused)));
  }

  /** Routes may take it that a client has connected. */
  private void tell(Session session, ConnectPacket packet) {
    if (events.areTaken(packet.namespace(), CONNECT)) {
      String said = packet.data().isEmpty() ? "{}" : packet.data();
      EventPacket event = new EventPacket(packet.namespace(), null, CONNECT, List.of(said), 0);
      events.emitted(session, new EventAssembly.Whole(event, List.of(), said.length()));
    }
  }

  /** The packet goes on to the server, also when the poll it came with has its answer. */
  private static Runnable answer(ChannelHandlerContext context, PacketsMessage packet) {
    var server =
        (ChannelInboundHandler) context.pipeline().get(SocketIOChannelInitializer.PACKET_HANDLER);
    return () -> {
      try {
        server.channelRead(context, packet);
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
    Session session = sessions.of(((NamespaceClient) socket).getBaseClient());
    if (subscriptions == null || session == null || session.isV4()) {
      return;
    }
    try {
      Auth auth = Auth.of(session.client.getHandshakeData(), "");
      String room = recipients.room(auth.clientId());
      Consumer<Recovery.Start> started =
          start -> {
            session.isOf(room);
            subscriptions.subscribe(new Subscriber(session, null, room, start));
          };
      subscriptions.arrive(
          new Arrival(session, auth, room, started, reason -> refuse(session, reason)));
    } catch (IllegalArgumentException e) {
      refuse(session, e.getMessage());
    }
  }

  void disconnected(SocketIOClient socket) {
    if (subscriptions != null) {
      subscriptions.unsubscribe(socket.getSessionId());
    }
    Session session = sessions.of(((NamespaceClient) socket).getBaseClient());
    if (session != null) {
      session.mayConnect();
    }
  }

  /** What a client is told as its {@code pid}, or null. */
  String pid(UUID session) {
    return subscriptions == null ? null : subscriptions.pid(session);
  }

  private static void refuse(Session session, String reason) {
    session.mayConnect();
    refuse(session, Namespace.DEFAULT_NAME, reason);
  }

  private static void refuse(Session session, String namespace, String reason) {
    ClientHead client = session.client;
    Packet error = new Packet(PacketType.MESSAGE, client.getEngineIOVersion());
    error.setSubType(PacketType.ERROR);
    error.setNsp(namespace);
    error.setData(session.isV4() ? Map.of("message", reason) : reason);
    client.send(error);
  }
}
