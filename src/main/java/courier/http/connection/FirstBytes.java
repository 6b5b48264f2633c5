package courier.http.connection;

import courier.http.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Of a new connection on which TLS is spoken: puts what looks at the {@link FirstWords} behind it,
 * and tells who speaks HTTP without TLS what the matter is.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  /** Of Vert.x: the one behind which the bytes are in clear text. */
  private static final String TLS = "ssl";

  private static final String ANSWER =
      "HTTP/1.1 400 Bad Request\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";

  private final FirstWords words;

  FirstBytes(FirstWords words) {
    this.words = words;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.pipeline().get(TLS) == null) {
      context.close(); // the server is being closed
      return;
    }
    context.pipeline().addAfter(TLS, null, words);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int first = bytes.getByte(bytes.readerIndex());
    if (first >= 'A' && first <= 'Z') { // a method of HTTP, or the preface of HTTP/2
      ReferenceCountUtil.release(message);
      context.writeAndFlush(refusal()).addListener(ChannelFutureListener.CLOSE);
    } else {
      context.pipeline().remove(this);
      context.fireChannelRead(message);
    }
  }

  private static ByteBuf refusal() {
    byte[] body = Problem.of(400, "This port speaks TLS alone: ask for https://.").toJson();
    String head = ANSWER.formatted(Problem.CONTENT_TYPE, body.length);
    return Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body);
  }
}
