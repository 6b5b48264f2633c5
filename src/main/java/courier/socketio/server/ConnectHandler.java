package courier.socketio.server;

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
import courier.feed.Subscriptions;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.guard.SlowClients;
import courier.socketio.packet.ConnectPacket;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import courier.socketio.packet.PacketKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
  private final SlowClients slow;
  private final Predicate<String> namespaces;
  private volatile Subscriptions subscriptions;
  private volatile Recipients recipients;
  private final Doorkeeper doorkeeper;

  /**
   * @param doorkeeper null when nobody is asked who they are
   * @param namespaces whether there is one of this name
   */
  ConnectHandler(
      Sessions sessions,
      ClientEvents events,
      SlowClients slow,
      Doorkeeper doorkeeper,
      Predicate<String> namespaces) {
    this.sessions = sessions;
    this.events = events;
    this.slow = slow;
    this.doorkeeper = doorkeeper;
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
    if (session.isV4() && !attachment && PacketKind.isConnect(packets.getContent())) {
      connect(context, packets, session);
    } else {
      boolean polled = session.isPolling();
      context.fireChannelRead(message);
      if (polled && !session.isPolling()) {
        session.refusePoll();
        Connection client = session.connection();
        if (client != null) {
          client.upgrade(context.channel());
        }
      }
    }
  }

  private void connect(ChannelHandlerContext context, PacketsMessage packets, Session session) {
    ConnectPacket packet = ConnectPacket.of(packets.getContent());
    if (packet.isDefault() && !session.connects()) {
      session.end(POLICY_VIOLATION, "CONNECT came twice");
      return;
    }
    if (!packet.isDefault() && !namespaces.test(packet.namespace())) {
      refuse(session, packet.namespace(), "Invalid namespace");
      return;
    }
    ConnectAnswer answer = new ConnectAnswer(context, session, packet, packets.getTransport());
    if (doorkeeper == null) {
      enter(session, packet, answer);
    } else {
      ask(session, packet, answer);
    }
  }

  /** Lets a client in once it is known who it is; until then it waits. */
  private void ask(Session session, ConnectPacket packet, ConnectAnswer answer) {
    String token;
    try {
      token = Auth.token(session.client.getHandshakeData(), packet.data());
    } catch (IllegalArgumentException e) {
      answer.refuse(e.getMessage());
      return;
    }
    doorkeeper
        .ask(token)
        .whenCompleteAsync(
            (caller, failure) -> {
              if (failure != null) {
                answer.refuse(failure.getMessage());
              } else if (!session.isKnownAs(caller)) {
                answer.refuse("The token is of another person than the one before.");
              } else {
                enter(session, packet, answer);
              }
            },
            answer.loop());
  }

  private void enter(Session session, ConnectPacket packet, ConnectAnswer answer) {
    if (!packet.isDefault() || subscriptions == null) {
      answer.admit();
      return;
    }
    try {
      subscribe(session, answer.webSocket(), packet.data(), answer);
    } catch (IllegalArgumentException e) {
      answer.refuse(e.getMessage());
    }
  }

  private void subscribe(
      Session session, Channel webSocket, String data, Connection.Answer answer) {
    Auth auth = Auth.of(session.client.getHandshakeData(), data);
    String room = recipients.room(nameOf(session.caller(), auth.clientId()));
    Connection client = new Connection(session, webSocket, room, slow, answer);
    sessions.enter(session, client);
    subscriptions.subscribe(client, room, auth.lastSeen());
  }

  /** A client is who it has shown to be, and says another name only if it may. */
  private static String nameOf(Doorkeeper.Caller caller, String said) {
    if (caller == null || said != null && caller.mayBeAnybody()) {
      return said;
    }
    if (said != null && !said.equals(caller.name())) {
      throw new IllegalArgumentException(
          "auth.clientId is somebody else: leave it out, or give the name of your token.");
    }
    return caller.name();
  }

  private final class ConnectAnswer implements Connection.Answer {
    private final ChannelHandlerContext context;
    private final Session session;
    private final ConnectPacket asked;
    private final PacketsMessage bare;
    private final ChannelInboundHandler server;

    ConnectAnswer(
        ChannelHandlerContext context, Session session, ConnectPacket asked, Transport transport) {
      this.context = context;
      this.session = session;
      this.asked = asked;
      bare = new PacketsMessage(session.client, asked.withoutData(), transport);
      // Now, as a poll's connection may have its answer, and no handlers, before there is one here.
      server =
          (ChannelInboundHandler) context.pipeline().get(SocketIOChannelInitializer.PACKET_HANDLER);
    }

    Channel webSocket() {
      return bare.getTransport() == Transport.WEBSOCKET ? context.channel() : null;
    }

    @Override
    public EventExecutor loop() {
      return context.executor();
    }

    /** The packet goes on to the server, also when the poll it came with has its answer. */
    @Override
    public void admit() {
      try {
        server.channelRead(context, bare);
      } catch (Exception e) {
        context.fireExceptionCaught(e);
      }
      tell(session, asked);
    }

    @Override
    public void refuse(String reason) {
      if (asked.isDefault()) {
        ConnectHandler.this.refuse(session, reason);
      } else {
        ConnectHandler.refuse(session, asked.namespace(), reason);
      }
    }
  }

  /** Routes may take it that a client has connected. */
  private void tell(Session session, ConnectPacket packet) {
    if (events.areTaken(packet.namespace(), CONNECT)) {
      String said = packet.data().isEmpty() ? "{}" : packet.data();
      EventPacket event = new EventPacket(packet.namespace(), null, CONNECT, List.of(said), 0);
      events.emitted(session, new EventAssembly.Whole(event, List.of(), said.length()));
    }
  }

  /** The server connects a client of Socket.IO 2 by itself, and asks it nothing. */
  void connected(SocketIOClient socket) {
    Session session = sessions.of(((NamespaceClient) socket).getBaseClient());
    if (session == null || session.isV4()) {
      return;
    }
    if (doorkeeper != null) {
      refuse(
          session,
          "Say who you are: connect by a client of Socket.IO 3 or later, with auth.token.");
      session.end(POLICY_VIOLATION, "no token came");
      return;
    }
    if (subscriptions == null) {
      return;
    }
    try {
      subscribe(
          session,
          null,
          "",
          new Connection.Answer() {
            @Override
            public EventExecutor loop() {
              return session.executor();
            }

            @Override
            public void admit() {} // it was

            @Override
            public void refuse(String reason) {
              ConnectHandler.this.refuse(session, reason);
            }
          });
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
      sessions.leave(session);
      session.mayConnect();
    }
  }

  /** What a client is told as its {@code pid}, or null. */
  String pid(UUID session) {
    Session known = sessions.of(session);
    return known == null || known.connection() == null ? null : known.connection().pid();
  }

  private void refuse(Session session, String reason) {
    sessions.leave(session);
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
