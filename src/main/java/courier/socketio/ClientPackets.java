package courier.socketio;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.PROTOCOL_ERROR;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Looks at what a client sends before the server decodes it. */
final class ClientPackets extends ChannelInboundHandlerAdapter {
  private final Sessions sessions;
  private final ConnectionGuard guard;
  private final TokenBucket pings;

  ClientPackets(Sessions sessions, ConnectionGuard guard) {
    this.sessions = sessions;
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
    if (session != null && client.getLastBinaryPacket() != null) {
      attach(context, packets, session);
      return;
    }
    Payload payload = new Payload(packets.getContent());
    while (payload.hasNext() && sessions.of(client) == session && session != null) {
      ByteBuf packet = payload.next();
      if (!packet.isReadable()) {
        continue;
      }
      if (!session.quota.takes(packet)) {
        sessions.end(session, POLICY_VIOLATION, refusal(packet));
      } else if (!PacketQuota.isWellFormed(packet, sessions.limits())) {
        sessions.end(session, MESSAGE_TOO_BIG, "a packet is too long");
      } else if (session.isV4() && !PacketQuota.isKnown(packet)) {
        sessions.end(session, PROTOCOL_ERROR, "there is no such type of packet");
      } else if (session.isV4() && PacketQuota.isClose(packet)) {
        sessions.left(session);
      } else {
        if (PacketQuota.isConnect(packet)) {
          session.asked();
        }
        context.fireChannelRead(new PacketsMessage(client, packet, packets.getTransport()));
      }
    }
  }

  /**
   * An attachment may have any bytes. The server keeps them until it has all that were announced.
   */
  private void attach(ChannelHandlerContext context, PacketsMessage packets, Session session) {
    if (session.quota.takesAttachment(
        packets.getContent(), sessions.limits().getMaxFramePayloadLength())) {
      context.fireChannelRead(packets);
      if (session.client.getLastBinaryPacket() == null) {
        session.quota.attached();
      }
    } else {
      sessions.end(session, MESSAGE_TOO_BIG, "too many or too large attachments");
    }
  }

  private String refusal(ByteBuf packet) {
    int events = sessions.limits().getMaxEventsPerSecond();
    if (!PacketQuota.isEvent(packet)) {
      return "too many packets";
    }
    return events == 0
        ? "this server takes no events"
        : "this server takes no more than %d events a second".formatted(events);
  }
}
