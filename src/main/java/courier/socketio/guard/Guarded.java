package courier.socketio.guard;

import com.corundumstudio.socketio.protocol.Packet;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Collection;

/** A client's session, as the guard sees it. */
public interface Guarded {
  /** What waits for its next poll; nothing when it does not poll. */
  Collection<Packet> queued();

  /** Closes the connection so that the client knows why, and comes back by itself. */
  void end(WebSocketCloseStatus status, String reason);

  /** Ends its transport, so that the client connects again by itself, here or elsewhere. */
  void cut();
}
