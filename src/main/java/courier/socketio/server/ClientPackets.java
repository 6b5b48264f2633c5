package courier.socketio.server;

import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.MESSAGE_TOO_BIG;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.POLICY_VIOLATION;
import static io.netty.handler.codec.http.websocketx.WebSocketCloseStatus.PROTOCOL_ERROR;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.guard.TokenBucket;
import courier.socketio.packet.PacketKind;
import courier.socketio.packet.Payload;
import courier.socketio.session.Session;
import courier.socketio.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at what a client sends before the server decodes it, and takes the events out: the server
 * knows no attachments of the protocol's present version, and takes what is no event for one.
 */
final class ClientPackets extends ChannelInboundHandlerAdapter {
  private final Sessions sessions;
  private final ConnectionGuard guard;
  private final TokenBucket pings;
  private final EmittedEvents events;
  private final ReadingPace pace = new ReadingPace();

  ClientPackets(Sessions sessions, ClientEvents events, ConnectionGuard guard) {
    this.sessions = sessions;
    this.guard = guard;
    this.events = new EmittedEvents(events, sessions.limits());
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
      events.frame(session, packets.getContent());
    } else {
      Payload payload = new Payload(packets.getContent());
      while (payload.hasNext() && sessions.of(client) == session) {
        ByteBuf packet = payload.next();
        if (packet.isReadable()) {
          read(context, packets.getTransport(), session, packet);
        }
      }
    }
    pace.follow(context, session);
  }

  private void read(
      ChannelHandlerContext context, Transport transport, Session session, ByteBuf packet) {
    if (session.incoming.isOpen()) {
      events.packet(session, packet);
    } else if (session.isV4() && !PacketKind.isKnown(packet)) {
      session.end(PROTOCOL_ERROR, "there is no such type of packet");
    } else if (PacketKind.isEvent(packet)) {
      events.event(session, packet);
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
}
