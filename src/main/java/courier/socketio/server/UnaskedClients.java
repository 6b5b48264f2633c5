package courier.socketio.server;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.transport.NamespaceClient;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.session.Connection;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.util.concurrent.EventExecutor;

/** Clients of Socket.IO 2: the server connects them by itself, and asks them nothing. */
final class UnaskedClients implements ConnectListener {
  private final Sessions sessions;
  private final LogClients clients;
  private final Doorkeeper doorkeeper;

  /**
   * @param doorkeeper null when nobody is asked who they are
   */
  UnaskedClients(Sessions sessions, LogClients clients, Doorkeeper doorkeeper) {
    this.sessions = sessions;
    this.clients = clients;
    this.doorkeeper = doorkeeper;
  }

  @Override
  public void onConnect(SocketIOClient socket) {
    Session session = sessions.of(((NamespaceClient) socket).getBaseClient());
    if (session == null || session.isV4()) {
      return;
    }
    if (doorkeeper != null) {
      clients.refuse(
          session,
          "Say who you are: connect by a client of Socket.IO 3 or later, with auth.token.");
      session.end(POLICY_VIOLATION, "no token came");
    } else if (clients.areServed()) {
      subscribe(session);
    }
  }

  private void subscribe(Session session) {
    try {
      clients.subscribe(session, null, "", new Connected(session));
    } catch (IllegalArgumentException e) {
      clients.refuse(session, e.getMessage());
    }
  }

  /** It is connected already. */
  private final class Connected implements Connection.Answer {
    private final Session session;

    Connected(Session session) {
      this.session = session;
    }

    @Override
    public EventExecutor loop() {
      return session.executor();
    }

    @Override
    public void admit() {} // it was

    @Override
    public void refuse(String reason) {
      clients.refuse(session, reason);
    }
  }
}
