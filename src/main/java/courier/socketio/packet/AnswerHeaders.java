package courier.socketio.packet;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;

/**
 * What is wrong in the heads of the server's answers: a session's id as a cookie, which it never
 * reads, that the connection may have another request, while it closes it, and that text is bytes,
 * or of no charset, which is Latin-1 to some clients.
 */
@Sharable
public final class AnswerHeaders extends ChannelOutboundHandlerAdapter {
  private static final AttributeKey<Boolean> TEXT =
      AttributeKey.valueOf(AnswerHeaders.class, "text");
  private static final String UTF_8 = "text/plain; charset=UTF-8";

  /** What this connection's request is answered is text, as all of Engine.IO's v4 polls is. */
  public static void sayText(Channel channel) {
    channel.attr(TEXT).set(true);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response
        && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      response
          .headers()
          .remove(HttpHeaderNames.SET_COOKIE)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
      if (type.equals("text/plain")
          || type.equals("application/octet-stream") && context.channel().hasAttr(TEXT)) {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, UTF_8);
      }
    }
    context.write(message, promise);
  }
}
