package courier.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Of a new connection, on which Vert.x has yet to see what is spoken: it is shown byte by byte
 * until it does, so that what bounds HTTP/2, and a change to it, is there before the first of it is
 * read. Closes a connection on which no request, and no HTTP/2, has begun in time.
 */
final class FirstWords extends ChannelInboundHandlerAdapter {
  /** Of Vert.x: the one that changes to HTTP/2, and the one behind which are requests. */
  private static final String UPGRADE = "h2c";

  static final String REQUESTS = "handler";

  private final long timeout;
  private final boolean mayUpgrade;
  private ScheduledFuture<?> closing;
  private boolean known;

  /**
   * @param timeout in milliseconds
   */
  FirstWords(long timeout, boolean mayUpgrade) {
    this.timeout = timeout;
    this.mayUpgrade = mayUpgrade;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    closing = context.executor().schedule(() -> close(context), timeout, TimeUnit.MILLISECONDS);
  }

  private static void close(ChannelHandlerContext context) {
    context.close(); // from here, as HTTP/2 would first wait for its streams
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    while (!known && bytes.readableBytes() > 1) {
      context.fireChannelRead(bytes.readRetainedSlice(1));
      known = prepare(context.pipeline(), 0);
    }
    context.fireChannelRead(bytes);
    if (!known) {
      known = prepare(context.pipeline(), 0);
    }
  }

  /** By TLS it is agreed before the first byte what is spoken (ALPN). */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    context.fireUserEventTriggered(event);
    if (event instanceof SslHandshakeCompletionEvent && !context.isRemoved()) {
      known = prepare(context.pipeline(), FrameFlood.PREFACE_BYTES);
    }
  }

  /**
   * @param toSkip bytes of HTTP/2 that are still to come before its first frame
   */
  private boolean prepare(ChannelPipeline pipeline, int toSkip) {
    if (mayChange(pipeline)) {
      pipeline.addBefore(UPGRADE, null, new Upgrades(mayUpgrade));
      return true;
    }
    if (pipeline.get(REQUESTS) != null) {
      if (isHttp2(pipeline)) {
        pipeline.addBefore(REQUESTS, null, new FrameFlood(toSkip));
      }
      return true;
    }
    return false;
  }

  static boolean isHttp2(ChannelPipeline pipeline) {
    return pipeline.get(REQUESTS) instanceof Http2ConnectionHandler;
  }

  /** Whether there may be a change to HTTP/2, or the request for it is not whole yet. */
  static boolean mayChange(ChannelPipeline pipeline) {
    return pipeline.get(UPGRADE) != null;
  }

  /** Vert.x takes all handlers off but its own when it has changed to HTTP/2. */
  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    closing.cancel(false);
    ChannelPipeline pipeline = context.pipeline();
    if (context.channel().isActive()
        && isHttp2(pipeline)
        && pipeline.get(FrameFlood.class) == null) {
      pipeline.addBefore(REQUESTS, null, new FrameFlood(FrameFlood.PREFACE_BYTES));
    }
  }
}
