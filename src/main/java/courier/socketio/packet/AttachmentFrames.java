package courier.socketio.packet;

import com.corundumstudio.socketio.messages.OutPacketMessage;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;

/**
 * An attachment is a binary frame of its own, with nothing before it since the protocol's fourth
 * version (Engine.IO protocol v4, WebSocket). The server goes on to write the type of a message.
 */
public final class AttachmentFrames extends ChannelOutboundHandlerAdapter {
  private boolean typed;

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof OutPacketMessage packets) {
      typed = packets.getClientHead().getEngineIOVersion() != EngineIOVersion.V4;
    } else if (message instanceof BinaryWebSocketFrame attachment && !typed) {
      attachment.content().skipBytes(1);
    }
    context.write(message, promise);
  }
}
