package courier.socketio.server;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.messages.PacketsMessage;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.packet.ConnectPacket;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import courier.socketio.packet.PacketKind;
import courier.socketio.session.Connection;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
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
  private final LogClients clients;
  private final ClientEvents events;
  private final Doorkeeper doorkeeper;
  private final Predicate<String> namespaces;

  /**
   * @param doorkeeper null when nobody is asked who they are
   * @param namespaces whether there is one of this name
   */
  ConnectHandler(
      Sessions sessions,
      LogClients clients,
      ClientEvents events,
      Doorkeeper doorkeeper,
      Predicate<String> namespaces) {
    this.sessions = sessions;
    this.clients = clients;
    this.events = events;
    this.doorkeeper = doorkeeper;
    this.namespaces = namespaces;
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
      ConnectPacket packet = ConnectPacket.of(packets.getContent());
      connect(context, packets.getTransport(), session, packet);
    } else {
      pass(context, packets, session);
    }
  }

  /** By this packet a client that polls may become one of a WebSocket. */
  private static void pass(ChannelHandlerContext context, PacketsMessage packets, Session session) {
    boolean polled = session.transports.isPolling();
    context.fireChannelRead(packets);
    if (polled && !session.transports.isPolling()) {
      session.transports.refusePoll();
      Connection client = session.connection();
      if (client != null) {
        client.upgrade(context.channel());
      }
    }
  }

  private void connect(
      ChannelHandlerContext context, Transport transport, Session session, ConnectPacket packet) {
    if (packet.isDefault() && !session.connects()) {
      session.end(POLICY_VIOLATION, "CONNECT came twice");
      return;
    }
    if (!packet.isDefault() && !namespaces.test(packet.namespace())) {
      LogClients.refuse(session, packet.namespace(), "Invalid namespace");
      return;
    }
    Consumer<String> refuse =
        packet.isDefault()
            ? reason -> clients.refuse(session, reason)
            : reason -> LogClients.refuse(session, packet.namespace(), reason);
    ConnectAnswer answer =
        new ConnectAnswer(context, session, packet, transport, () -> tell(session, packet), refuse);
    if (doorkeeper == null) {
      enter(session, answer);
    } else {
      ask(session, answer);
    }
  }

  /** Lets a client in once it is known who it is; until then it waits. */
  private void ask(Session session, ConnectAnswer answer) {
    String token;
    try {
      token = Auth.token(session.client.getHandshakeData(), answer.asked().data());
    } catch (IllegalArgumentException e) {
      answer.refuse(e.getMessage());
      return;
    }
    answer.when(
        doorkeeper.ask(token),
        caller -> {
          if (session.stay.begin(caller)) {
            enter(session, answer);
          } else {
            answer.refuse("The token is of another person than the one before.");
          }
        });
  }

  private void enter(Session session, ConnectAnswer answer) {
    ConnectPacket packet = answer.asked();
    if (!packet.isDefault() || !clients.areServed()) {
      answer.admit();
      return;
    }
    try {
      clients.subscribe(session, answer.webSocket(), packet.data(), answer);
    } catch (IllegalArgumentException e) {
      answer.refuse(e.getMessage());
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
}
