package courier.socketio.server;

import courier.socketio.packet.EventAssembly;
import courier.socketio.session.Session;

/** Who takes an event that clients emit. */
public interface EventHandler {
  /**
   * @param room whose events the client got when it emitted this one, or null
   * @param done to be run when it has been handled, and the client's next event may be
   */
  void handle(Session session, String room, EventAssembly.Whole event, Runnable done);
}
