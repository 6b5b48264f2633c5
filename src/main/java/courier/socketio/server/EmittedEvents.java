package courier.socketio.server;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.PROTOCOL_ERROR;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.TRY_AGAIN_LATER;

import courier.socketio.guard.SocketioLimits;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import courier.socketio.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Puts events and their attachments together (Socket.IO protocol v5), within a client's quota. */
record EmittedEvents(ClientEvents events, SocketioLimits limits) {
  /** How far ahead of its quota a client may be that cannot be read more slowly, as it polls. */
  private static final int AHEAD_SECONDS = 5;

  /** Begins with an event, which is whole unless attachments are to follow. */
  void event(Session session, ByteBuf packet) {
    if (!events.areTaken()) {
      session.end(POLICY_VIOLATION, "this server takes no events");
      return;
    }
    try {
      int size = packet.readableBytes();
      String text = packet.skipBytes(1).toString(StandardCharsets.UTF_8);
      EventPacket event = EventPacket.parse(text);
      if (!session.isIn(event.namespace())) {
        session.end(PROTOCOL_ERROR, "a CONNECT to the namespace comes first");
        return;
      }
      emitted(session, session.incoming.begin(event, size));
    } catch (IOException e) {
      session.end(PROTOCOL_ERROR, "an event is not as the protocol has it");
    }
  }

  /** By WebSocket; clients of the protocol's third version write the type of a message first. */
  void frame(Session session, ByteBuf frame) {
    attach(session, ByteBufUtil.getBytes(session.isV4() ? frame : frame.skipBytes(1)));
  }

  /** In a polling request: {@code b} and base64 (Engine.IO protocol v4, payload). */
  void packet(Session session, ByteBuf packet) {
    byte[] attachment = decoded(packet);
    if (attachment == null) {
      session.end(PROTOCOL_ERROR, "an attachment of an event is missing");
    } else {
      attach(session, attachment);
    }
  }

  private static byte[] decoded(ByteBuf packet) {
    if (packet.readByte() != 'b') {
      return null;
    }
    try {
      return Base64.getDecoder().decode(ByteBufUtil.getBytes(packet));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void attach(Session session, byte[] attachment) {
    try {
      emitted(session, session.incoming.attach(attachment, limits.getMaxFramePayloadLength()));
    } catch (IllegalArgumentException e) {
      session.end(MESSAGE_TOO_BIG, e.getMessage());
    }
  }

  private void emitted(Session session, Optional<EventAssembly.Whole> event) {
    if (event.isEmpty()) {
      return;
    }
    int most = limits.getMaxEventsPerSecond();
    if (session.transports.isPolling() && session.events.waiting() > AHEAD_SECONDS * most) {
      session.end(
          POLICY_VIOLATION, "this server takes no more than %d events a second".formatted(most));
    } else if (!events.emitted(session, event.get())) {
      session.end(TRY_AGAIN_LATER, "too many events are waiting");
    }
  }
}
