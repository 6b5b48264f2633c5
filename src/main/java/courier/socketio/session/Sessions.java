package courier.socketio.session;

import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.handler.ClientHead;
import courier.socketio.guard.Admission;
import courier.socketio.guard.Attendance;
import courier.socketio.guard.PacketQuota;
import courier.socketio.guard.SocketioLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions there are. As a handler it stands where a handshake has just made one. */
@Sharable
public final class Sessions extends ChannelInboundHandlerAdapter {
  /** Where the client of a connection is. */
  public static final AttributeKey<InetAddress> ADDRESS = AttributeKey.valueOf("clientAddress");

  private final SocketioLimits limits;
  private final Admission admission;
  private final DisconnectableHub server;
  private final Map<UUID, Session> byId = new ConcurrentHashMap<>();
  private final Rooms rooms;
  private final Deadlines deadlines;

  /**
   * @param patience after so many milliseconds without a word from it a client counts as gone
   */
  public Sessions(
      SocketioLimits limits, long patience, Admission admission, DisconnectableHub server) {
    this.limits = limits;
    this.admission = admission;
    this.server = server;
    rooms = new Rooms(new Attendance(limits));
    deadlines = new Deadlines(limits, patience, this::isOpen, this::forget);
  }

  public SocketioLimits limits() {
    return limits;
  }

  public Session of(ClientHead client) {
    return byId.get(client.getSessionId());
  }

  /** The one of this id, or null. */
  public Session of(UUID id) {
    return byId.get(id);
  }

  /** The same as a client says it, which may be null as well. */
  public Session of(String id) {
    try {
      return id == null ? null : byId.get(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  public Collection<Session> all() {
    return byId.values();
  }

  private boolean isOpen(Session session) {
    return of(session.client) == session;
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
    InetAddress address = channel.attr(ADDRESS).get();
    PacketQuota quota = new PacketQuota(limits, admission, address);
    Session session = new Session(client, address, quota, channel, () -> forget(client));
    admission.entered(address);
    deadlines.opened(session);
    return session;
  }

  /** The client has left all namespaces, and may connect to another one. */
  public void leftAll(ClientHead client) {
    Session session = of(client);
    if (session != null && !session.executor().isShuttingDown()) {
      session.leftAll();
      deadlines.awaitConnect(session);
    }
  }

  /** The client closes it. */
  public void left(Session session) {
    deadlines.left(session);
  }

  /** The server has got a poll of it. */
  public void polled(Session session) {
    deadlines.polled(session);
    session.leaveIfOver();
  }

  /** Those who get the events of this room, also while they catch up. */
  public Collection<Session> in(String room) {
    return rooms.in(room);
  }

  /**
   * The session is a client of a log's events.
   *
   * @throws IllegalArgumentException when its person has too many
   */
  public void enter(Session session, Connection as) {
    rooms.enter(session, as);
    if (!isOpen(session)) {
      leave(session); // it ended while it was asked who it is
    }
  }

  /** It is none any more. */
  public void leave(Session session) {
    rooms.leave(session);
  }

  /** Ends those that may stay no more, as what they showed was taken back. */
  public void endUnwelcome() {
    all().forEach(session -> session.stay.endUnlessWelcome());
  }

  /** The server itself forgets only who was connected to a namespace. */
  public void forget(ClientHead client) {
    if (of(client) != null) {
      server.onDisconnect(client);
    }
  }

  /** The server has forgotten it. */
  public void closed(ClientHead client) {
    Session session = byId.remove(client.getSessionId());
    if (session != null) {
      admission.left(session.address);
      leave(session);
      session.closed();
    }
  }
}
