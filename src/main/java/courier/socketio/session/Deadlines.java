package courier.socketio.session;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import courier.socketio.guard.SocketioLimits;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** How long a session is waited for. */
final class Deadlines {
  /** A client sends it by another connection, which may be read later. */
  private static final int LATE_POLL_MILLIS = 500;

  private final SocketioLimits limits;
  private final long patienceNanos;
  private final Predicate<Session> isOpen;
  private final Consumer<ClientHead> forget;

  Deadlines(
      SocketioLimits limits,
      long patience,
      Predicate<Session> isOpen,
      Consumer<ClientHead> forget) {
    this.limits = limits;
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(patience);
    this.isOpen = isOpen;
    this.forget = forget;
  }

  void opened(Session session) {
    awaitConnect(session);
    awaitPongs(session, patienceNanos);
  }

  /** A CONNECT to a namespace has to come. */
  void awaitConnect(Session session) {
    session
        .executor()
        .schedule(
            () -> endUnlessConnected(session), limits.getConnectTimeout(), TimeUnit.MILLISECONDS);
  }

  private void endUnlessConnected(Session session) {
    if (isOpen.test(session) && !session.isConnected()) {
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
              if (isOpen.test(session) && left > 0) {
                awaitPongs(session, left);
              } else if (isOpen.test(session)) {
                session.end(WebSocketCloseStatus.POLICY_VIOLATION, "no pong came");
              }
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  /** The client closes it; a poll of its own is answered, also one that is just on its way. */
  void left(Session session) {
    session.leaves();
    if (!session.transports.isPolling()) {
      session.end(WebSocketCloseStatus.NORMAL_CLOSURE, "");
    } else if (session.transports.hasPoll()) {
      session.transports.afterPoll(() -> closePolling(session));
    } else {
      session
          .executor()
          .schedule(() -> closePolling(session), LATE_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** The server has got a poll, which would wait for ever if the client upgraded or left before. */
  void polled(Session session) {
    if (!session.transports.isPolling()) {
      session.transports.refusePoll();
    } else if (session.isLeaving()) {
      closePolling(session);
    }
  }

  private void closePolling(Session session) {
    if (isOpen.test(session)) {
      session.client.send(new Packet(PacketType.NOOP, session.client.getEngineIOVersion()));
      session.client.onChannelDisconnect();
      forget.accept(session.client);
    }
  }
}
