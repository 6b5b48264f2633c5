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
    if (later.isEmpty() && !mustWait(message)) {
      pass(context, message);
    } else {
      later.add(message);
      context.channel().config().setAutoRead(false);
    }
  }

  private boolean mustWait(Object message) {
    return message instanceof HttpRequest && answering;
  }

  private void pass(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      answering = true;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (Patience.isEndOfAnswer(message)) {
      // Whether a channel is writable does not tell: TLS has what is not flushed yet to itself.
      ChannelPromise taken = promise.unvoid();
      taken.addListener(done -> taken(context));
      context.write(message, taken);
    } else {
      context.write(message, promise);
    }
  }

  private void taken(ChannelHandlerContext context) {
    answering = false;
    if (!later.isEmpty()) {
      // Not from within the write, which is not over yet.
      context.executor().execute(() -> proceed(context));
    }
  }

  private void proceed(ChannelHandlerContext context) {
    if (context.isRemoved() || later.isEmpty() || mustWait(later.peek())) {
      return;
    }
    do {
      pass(context, later.remove());
    } while (!later.isEmpty() && !mustWait(later.peek()));
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
