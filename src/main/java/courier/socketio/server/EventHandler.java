package courier.socketio.server;

import courier.socketio.packet.EventPacket;
import java.util.List;

/** Who takes an event that clients emit. */
public interface EventHandler {
  /**
   * @param done to be run when it has been handled, and the client's next event may be
   */
  void handle(Session session, EventPacket event, List<byte[]> attachments, Runnable done);
}
