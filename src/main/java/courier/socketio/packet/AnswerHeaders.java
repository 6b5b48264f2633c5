package courier.socketio.packet;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * What is wrong in the heads of the server's answers: a session's id as a cookie, which it never
 * reads, and that the connection may have another request, while it closes it.
 */
@Sharable
public final class AnswerHeaders extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      response
          .headers()
          .remove(HttpHeaderNames.SET_COOKIE)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    context.write(message, promise);
  }
}
