package courier.socketio.entry;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * In front of TLS: netty-socketio sends packets that it has read through the whole pipeline once
 * more, frees them when that returns, and TLS, which is busy with what they came in, would keep
 * them until then.
 */
final class AroundTls extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
    if (message instanceof ByteBuf || tls == null) {
      context.fireChannelRead(message);
    } else {
      tls.fireChannelRead(message);
    }
  }
}
