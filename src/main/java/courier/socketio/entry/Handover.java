package courier.socketio.entry;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInboundInvoker;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Moves one connection from another server's event loop to one of this server's. It stands where
 * the other server's decoder was, and keeps what that one had read beyond the request.
 */
public final class Handover extends ChannelInboundHandlerAdapter {
  private final Consumer<Channel> socketio;
  private final String first;
  private final EventLoopGroup workers;
  private final Channel channel;
  private final FullHttpRequest request;
  private final Queue<ByteBuf> unread = new ArrayDeque<>();

  /**
   * @param socketio adds the handlers of this server to a connection
   * @param first of them by its name that gets the request
   */
  public Handover(
      Consumer<Channel> socketio,
      String first,
      EventLoopGroup workers,
      Channel channel,
      FullHttpRequest request) {
    this.first = first;
    this.socketio = socketio;
    this.workers = workers;
    this.channel = channel;
    this.request = request;
  }

  public void start() {
    channel.config().setAutoRead(false);
    ChannelPipeline pipeline = channel.pipeline();
    String decoder = pipeline.context(HttpRequestDecoder.class).name();
    pipeline.addAfter(decoder, null, this);
    pipeline.remove(decoder);
    // Happens after the read in progress, whose handlers must not be taken from under it.
    channel.deregister().addListener(left -> move());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      unread.add(bytes);
    } else {
      ReferenceCountUtil.release(message); // the end of the request
    }
  }

  private void move() {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.context(this) == null) {
      drop(); // the client left, and nothing is in the pipeline any more
      return;
    }
    while (pipeline.last() != this) {
      pipeline.removeLast();
    }
    workers.register(channel).addListener(this::serve);
  }

  private void drop() {
    unread.forEach(ByteBuf::release);
    unread.clear();
    channel.close();
  }

  private void serve(Future<?> registered) {
    ChannelPipeline pipeline = channel.pipeline();
    if (!registered.isSuccess() || pipeline.context(this) == null) {
      drop(); // the client left, or this server is stopping
      return;
    }
    if (pipeline.get(SslHandler.class) != null) {
      pipeline.addFirst(new AroundTls());
    }
    socketio.accept(channel);
    pipeline.remove(this);
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    ChannelInboundInvoker before = tls == null ? pipeline : tls; // which has read them already
    pipeline.context(first).fireChannelRead(request);
    before.fireChannelReadComplete();
    for (ByteBuf bytes; (bytes = unread.poll()) != null; ) {
      before.fireChannelRead(bytes);
      before.fireChannelReadComplete();
    }
    channel.config().setAutoRead(true);
  }
}
