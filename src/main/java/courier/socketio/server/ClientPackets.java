package courier.socketio.server;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.PROTOCOL_ERROR;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.TRY_AGAIN_LATER;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.guard.TokenBucket;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import courier.socketio.packet.PacketKind;
import courier.socketio.packet.Payload;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at what a client sends before the server decodes it, and takes the events out: the server
 * knows no attachments of the protocol's present version, and takes what is no event for one.
 */
final class ClientPackets extends ChannelInboundHandlerAdapter {
  /** Events of a client that wait for it to be read on; and how often that is looked at. */
  private static final int MANY = 16;

  private static final int MANY_BYTES = 64 * 1024;
  private static final int LOOK_MILLIS = 20;

  /** How far ahead of its quota a client may be that cannot be read more slowly, as it polls. */
  private static final int AHEAD_SECONDS = 5;

  private final Sessions sessions;
  private final ClientEvents events;
  private final ConnectionGuard guard;
  private final TokenBucket pings;
  private boolean pausing;

  ClientPackets(Sessions sessions, ClientEvents events, ConnectionGuard guard) {
    this.sessions = sessions;
    this.events = events;
    this.guard = guard;
    pings = new TokenBucket(sessions.limits().getMaxPacketsPerSecond());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof PacketsMessage packets) {
      read(context, packets);
    } else if (message instanceof WebSocketFrame frame && isToBeDropped(frame)) {
      ReferenceCountUtil.release(frame);
    } else if (message instanceof PingWebSocketFrame ping) {
      context.channel().writeAndFlush(new PongWebSocketFrame(ping.content()));
    } else {
      context.fireChannelRead(message);
    }
  }

  private boolean isToBeDropped(WebSocketFrame frame) {
    boolean ping = frame instanceof PingWebSocketFrame;
    boolean pong = frame instanceof PongWebSocketFrame;
    if ((ping || pong) && !pings.take()) {
      guard.end(POLICY_VIOLATION, "too many pings");
    }
    return pong || (guard.hasEnded() && !(frame instanceof CloseWebSocketFrame));
  }

  private void read(ChannelHandlerContext context, PacketsMessage packets) {
    ClientHead client = packets.getClient();
    Session session = sessions.of(client);
    if (session == null) {
      return; // it ended
    }
    session.hears();
    if (packets.getTransport() == Transport.WEBSOCKET && session.incoming.isOpen()) {
      attach(context, session, attachment(packets.getContent(), session));
      return;
    }
    Payload payload = new Payload(packets.getContent());
    while (payload.hasNext() && sessions.of(client) == session) {
      ByteBuf packet = payload.next();
      if (packet.isReadable()) {
        read(context, packets.getTransport(), session, packet);
      }
    }
  }

  private void read(
      ChannelHandlerContext context, Transport transport, Session session, ByteBuf packet) {
    if (session.incoming.isOpen()) {
      attach(context, session, decoded(packet));
    } else if (session.isV4() && !PacketKind.isKnown(packet)) {
      session.end(PROTOCOL_ERROR, "there is no such type of packet");
    } else if (PacketKind.isEvent(packet)) {
      event(context, session, packet);
    } else if (!session.quota.takes()) {
      session.end(POLICY_VIOLATION, "too many packets");
    } else if (!PacketKind.isWellFormed(packet, sessions.limits().getMaxConnectLength())) {
      session.end(MESSAGE_TOO_BIG, "a packet is too long");
    } else if (session.isV4() && PacketKind.isClose(packet)) {
      sessions.left(session);
    } else {
      if (PacketKind.isConnect(packet)) {
        session.asked();
      }
      context.fireChannelRead(new PacketsMessage(session.client, packet, transport));
    }
  }

  private void event(ChannelHandlerContext context, Session session, ByteBuf packet) {
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
      emitted(context, session, session.incoming.begin(event, size));
    } catch (IOException e) {
      session.end(PROTOCOL_ERROR, "an event is not as the protocol has it");
    }
  }

  private void attach(ChannelHandlerContext context, Session session, byte[] attachment) {
    if (attachment == null) {
      session.end(PROTOCOL_ERROR, "an attachment of an event is missing");
      return;
    }
    try {
      int maxBytes = sessions.limits().getMaxFramePayloadLength();
      emitted(context, session, session.incoming.attach(attachment, maxBytes));
    } catch (IllegalArgumentException e) {
      session.end(MESSAGE_TOO_BIG, e.getMessage());
    }
  }

  /** Clients of the protocol's third version write the type of a message before it. */
  private static byte[] attachment(ByteBuf frame, Session session) {
    return ByteBufUtil.getBytes(session.isV4() ? frame : frame.skipBytes(1));
  }

  /**
   * In a polling request an attachment is {@code b} and base64 (Engine.IO protocol v4, payload).
   */
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

  private void emitted(
      ChannelHandlerContext context, Session session, Optional<EventAssembly.Whole> event) {
    event.ifPresent(
        whole -> {
          int most = sessions.limits().getMaxEventsPerSecond();
          if (session.transports.isPolling() && session.events.waiting() > AHEAD_SECONDS * most) {
            session.end(
                POLICY_VIOLATION,
                "this server takes no more than %d events a second".formatted(most));
          } else if (!events.emitted(session, whole)) {
            session.end(TRY_AGAIN_LATER, "too many events are waiting");
          }
        });
    if (!pausing && mustPause(session)) {
      context.channel().config().setAutoRead(false);
      pausing = true;
      pause(context, session);
    }
  }

  private static boolean mustPause(Session session) {
    return session.events.waiting() > MANY || session.events.waitingBytes() > MANY_BYTES;
  }

  /** Who emits more than is taken is read no faster. */
  private void pause(ChannelHandlerContext context, Session session) {
    context
        .executor()
        .schedule(
            () -> {
              if (mustPause(session) && context.channel().isActive()) {
                pause(context, session);
              } else {
                pausing = false;
                context.channel().config().setAutoRead(true);
              }
            },
            LOOK_MILLIS,
            TimeUnit.MILLISECONDS);
  }
}
