package courier.socketio.server;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import courier.feed.Subscriptions;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.guard.SlowClients;
import courier.socketio.session.Connection;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.UUID;

/** Who of the clients of the default namespace gets the events of a log, and whose. */
final class LogClients {
  private final Sessions sessions;
  private final SlowClients slow;
  private volatile Subscriptions subscriptions;
  private volatile Recipients recipients;

  LogClients(Sessions sessions, SlowClients slow) {
    this.sessions = sessions;
    this.slow = slow;
  }

  /** From now on clients get the events of a log. */
  void serve(Subscriptions log, Recipients names) {
    recipients = names;
    subscriptions = log;
  }

  boolean areServed() {
    return subscriptions != null;
  }

  /**
   * Has a client go on where it was; it is told by the answer.
   *
   * @param webSocket null when it polls
   * @param data of its CONNECT packet
   * @throws IllegalArgumentException saying why it cannot
   */
  void subscribe(Session session, Channel webSocket, String data, Connection.Answer answer) {
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

  /** What a client is told as its {@code pid}, or null. */
  String pid(UUID session) {
    Session known = sessions.of(session);
    return known == null || known.connection() == null ? null : known.connection().pid();
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

  /** It gets none, and may ask again. */
  void refuse(Session session, String reason) {
    sessions.leave(session);
    session.mayConnect();
    refuse(session, Namespace.DEFAULT_NAME, reason);
  }

  /** A client is told why it is not connected to a namespace. */
  static void refuse(Session session, String namespace, String reason) {
    Packet error = new Packet(PacketType.MESSAGE, session.client.getEngineIOVersion());
    error.setSubType(PacketType.ERROR);
    error.setNsp(namespace);
    error.setData(session.isV4() ? Map.of("message", reason) : reason);
    session.client.send(error);
  }
}
