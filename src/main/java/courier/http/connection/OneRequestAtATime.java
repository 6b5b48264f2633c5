package courier.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Reads no further request before the one before is answered, and its answer taken: a client that
 * sends many at once and reads nothing has one answer in memory. Vert.x itself would take them all.
 */
final class OneRequestAtATime extends ChannelDuplexHandler {
  private final Queue<Object> later = new ArrayDeque<>();
  private boolean answering;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (later.isEmpty() && !mustWait(context, message)) {
      pass(context, message);
    } else {
      later.add(message);
      context.channel().config().setAutoRead(false);
    }
  }

  private boolean mustWait(ChannelHandlerContext context, Object message) {
    return message instanceof HttpRequest && (answering || !context.channel().isWritable());
  }

  private void pass(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      answering = true;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    context.write(message, promise);
    if (Patience.isEndOfAnswer(message)) {
      answering = false;
      if (!later.isEmpty()) {
        // Not from within the write, which is not over yet.
        context.executor().execute(() -> proceed(context));
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    if (!later.isEmpty()) {
      context.executor().execute(() -> proceed(context));
    }
  }

  private void proceed(ChannelHandlerContext context) {
    if (context.isRemoved() || later.isEmpty() || mustWait(context, later.peek())) {
      return;
    }
    do {
      pass(context, later.remove());
    } while (!later.isEmpty() && !mustWait(context, later.peek()));
    if (context.isRemoved()) {
      return; // a WebSocket now
    }
    context.fireChannelReadComplete();
    if (later.isEmpty()) {
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    later.forEach(ReferenceCountUtil::release);
    later.clear();
  }
}
