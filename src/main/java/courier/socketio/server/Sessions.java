package courier.socketio.server;

import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import courier.socketio.guard.Admission;
import courier.socketio.guard.Attendance;
import courier.socketio.guard.PacketQuota;
import courier.socketio.guard.SocketioLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The sessions there are. As a handler it stands where a handshake has just made one. */
@Sharable
public final class Sessions extends ChannelInboundHandlerAdapter {
  /** A client sends it by another connection, which may be read later. */
  private static final int LATE_POLL_MILLIS = 500;

  private final SocketioLimits limits;
  private final long patienceNanos;
  private final Admission admission;
  private final DisconnectableHub server;
  private final Map<UUID, Session> byId = new ConcurrentHashMap<>();
  private final Map<String, Set<Session>> byRoom = new ConcurrentHashMap<>();
  private final Attendance attendance;

  Sessions(SocketioConfiguration options, Admission admission, DisconnectableHub server) {
    limits = options;
    patienceNanos =
        TimeUnit.MILLISECONDS.toNanos(options.getPingInterval() + options.getPingTimeout());
    this.admission = admission;
    attendance = new Attendance(options);
    this.server = server;
  }

  SocketioLimits limits() {
    return limits;
  }

  Session of(ClientHead client) {
    return byId.get(client.getSessionId());
  }

  /** The one of this id, or null. */
  Session of(UUID id) {
    return byId.get(id);
  }

  /** The same as a client says it, which may be null as well. */
  Session of(String id) {
    try {
      return id == null ? null : byId.get(UUID.fromString(id));
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
    Session session =
        new Session(
            client,
            address,
            new PacketQuota(limits, admission, address),
            channel,
            () -> forget(client));
    admission.entered(address);
    awaitConnect(session);
    awaitPongs(session, patienceNanos);
    return session;
  }

  private void awaitConnect(Session session) {
    session
        .executor()
        .schedule(
            () -> endUnlessConnected(session), limits.getConnectTimeout(), TimeUnit.MILLISECONDS);
  }

  private void endUnlessConnected(Session session) {
    if (of(session.client) == session && !session.isConnected()) {
      session.end(WebSocketCloseStatus.POLICY_VIOLATION, "no CONNECT came");
    }
  }

  /**
   * Ends a session in which nothing came for as long as a ping and its answer take (Engine.IO
   * protocol v4, heartbeat). The server does that too, a tenth of a second late.
   */
  private void awaitPongs(Session session, long nanos) {
    session
        .executor()
        .schedule(
            () -> {
              long left = session.heard() + patienceNanos - System.nanoTime();
              if (of(session.client) == session && left > 0) {
                awaitPongs(session, left);
              } else if (of(session.client) == session) {
                session.end(WebSocketCloseStatus.POLICY_VIOLATION, "no pong came");
              }
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /** The client has left all namespaces, and may connect to another one. */
  void leftAll(ClientHead client) {
    Session session = of(client);
    if (session != null && !session.executor().isShuttingDown()) {
      session.leftAll();
      awaitConnect(session);
    }
  }

  /** The client closes it; a poll of its own is answered, also one that is just on its way. */
  void left(Session session) {
    session.leaves();
    if (!session.isPolling()) {
      session.end(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    } else if (session.hasPoll()) {
      session.afterPoll(() -> closePolling(session));
    } else {
      session
          .executor()
          .schedule(() -> closePolling(session), LATE_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The server has got a poll, which would wait for ever if the client upgraded or left before. */
  void polled(Session session) {
    if (!session.isPolling()) {
      session.refusePoll();
    } else if (session.isLeaving()) {
      closePolling(session);
    }
  }

  private void closePolling(Session session) {
    if (of(session.client) == session) {
      session.client.send(new Packet(PacketType.NOOP, session.client.getEngineIOVersion()));
      session.client.onChannelDisconnect();
      forget(session.client);
    }
  }

  /** Those who get the events of this room, also while they catch up. */
  Collection<Session> in(String room) {
    return byRoom.getOrDefault(room, Set.of());
  }

  /**
   * The session is a client of a log's events.
   *
   * @throws IllegalArgumentException when its person has too many
   */
  void enter(Session session, Connection as) {
    leave(session);
    attendance.enter(person(session, as.room()), session);
    session.connects(as);
    byRoom.compute(
        as.room(),
        (room, others) -> {
          Set<Session> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(session);
          return all;
        });
    if (of(session.client) != session) {
      leave(session); // it ended while it was asked who it is
    }
  }

  private static String person(Session session, String room) {
    return session.caller() == null ? room : session.caller().name();
  }

  /** It is none any more. */
  void leave(Session session) {
    String left = session.room();
    if (left != null) {
      session.connects(null);
      attendance.leave(person(session, left), session);
      byRoom.computeIfPresent(
          left, (room, all) -> all.remove(session) && all.isEmpty() ? null : all);
    }
  }

  /** Ends those that may stay no more, as what they showed was taken back. */
  void endUnwelcome() {
    all().forEach(Session::endUnlessWelcome);
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
      leave(session);
      session.closed();
    }
  }
}
