package courier.socketio;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.PacketsMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Looks at what a client sends before the server decodes it. */
final class ClientPackets extends ChannelInboundHandlerAdapter {
  private final Sessions sessions;
  private final ConnectionGuard guard;

  ClientPackets(Sessions sessions, ConnectionGuard guard) {
    this.sessions = sessions;
    this.guard = guard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof PacketsMessage packets) {
      read(context, packets);
    } else if (message instanceof PingWebSocketFrame ping) {
      context.channel().writeAndFlush(new PongWebSocketFrame(ping.content()));
    } else if (message instanceof PongWebSocketFrame pong) {
      pong.release();
    } else if (message instanceof WebSocketFrame frame
        && guard.hasEnded()
        && !(message instanceof CloseWebSocketFrame)) {
      frame.release();
    } else {
      context.fireChannelRead(message);
    }
  }

  private void read(ChannelHandlerContext context, PacketsMessage packets) {
    ClientHead client = packets.getClient();
    Session session = sessions.of(client);
    if (session == null) {
      return; // it ended
    }
    if (client.getLastBinaryPacket() != null) {
      context.fireChannelRead(packets); // an attachment, of any bytes
      return;
    }
    for (Payload payload = new Payload(packets.getContent()); payload.hasNext(); ) {
      ByteBuf packet = payload.next();
      if (!packet.isReadable()) {
        continue;
      }
      if (!session.quota.takes(packet)) {
        sessions.end(session, WebSocketCloseStatus.POLICY_VIOLATION, refusal(packet));
        return;
      }
      if (PacketQuota.isConnect(packet)) {
        session.asked();
      }
      context.fireChannelRead(new PacketsMessage(client, packet, packets.getTransport()));
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
