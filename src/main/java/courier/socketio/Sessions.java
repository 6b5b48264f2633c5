package courier.socketio;

import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The sessions there are. As a handler it stands where a handshake has just made one. */
@Sharable
final class Sessions extends ChannelInboundHandlerAdapter {
  private final SocketioLimits limits;
  private final Admission admission;
  private final DisconnectableHub server;
  private final Map<UUID, Session> byId = new ConcurrentHashMap<>();

  Sessions(SocketioLimits limits, Admission admission, DisconnectableHub server) {
    this.limits = limits;
    this.admission = admission;
    this.server = server;
  }

  SocketioLimits limits() {
    return limits;
  }

  Session of(ClientHead client) {
    return byId.get(client.getSessionId());
  }

  /** The one of this id, as a client says it, or null. */
  Session of(String id) {
    try {
      return byId.get(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  Collection<Session> all() {
    return byId.values();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof FullHttpRequest) {
      ClientHead client = context.channel().attr(ClientHead.CLIENT).get();
      if (client != null) {
        byId.computeIfAbsent(client.getSessionId(), id -> open(client, context.channel()));
      }
    }
    context.fireChannelRead(message);
  }

  private Session open(ClientHead client, Channel channel) {
    InetAddress address = channel.attr(Handshakes.ADDRESS).get();
    Session session = new Session(client, address, new PacketQuota(limits), channel);
    admission.entered(address);
    channel
        .eventLoop()
        .schedule(
            () -> endUnlessConnected(session), limits.getConnectTimeout(), TimeUnit.MILLISECONDS);
    return session;
  }

  private void endUnlessConnected(Session session) {
    if (of(session.client) == session && !session.isConnected()) {
      end(session, WebSocketCloseStatus.POLICY_VIOLATION, "no CONNECT came");
    }
  }

  /** Closes the connection so that the client knows why, and comes back by itself. */
  void end(Session session, WebSocketCloseStatus status, String reason) {
    session.end(status, reason);
    forget(session.client);
  }

  /** The client closes it; a poll of its own that still waits is answered. */
  void left(Session session) {
    if (session.isPolling()) {
      session.client.send(new Packet(PacketType.NOOP, session.client.getEngineIOVersion()));
      session.client.onChannelDisconnect();
      forget(session.client);
    } else {
      end(session, WebSocketCloseStatus.NORMAL_CLOSURE, "");
    }
  }

  /** The server itself forgets only who was connected to a namespace. */
  void forget(ClientHead client) {
    if (of(client) != null) {
      server.onDisconnect(client);
    }
  }

  /** The server has forgotten it. */
  void closed(ClientHead client) {
    Session session = byId.remove(client.getSessionId());
    if (session != null) {
      admission.left(session.address);
      session.closed();
    }
  }
}
