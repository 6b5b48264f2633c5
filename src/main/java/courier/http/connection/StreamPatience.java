package courier.http.connection;

import courier.http.HttpLimits;
import courier.http.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What {@link Patience} is for HTTP/1.1: resets a stream whose client keeps the server waiting for
 * the rest of a request, or takes nothing of the answer, and closes a connection that takes nothing
 * at all, or has had no stream for long, whatever else is sent on it.
 */
final class StreamPatience extends Http2FrameListenerDecorator {
  private final HttpLimits limits;
  private final ChannelHandlerContext context;
  private final Http2ConnectionHandler handler;
  private final Http2Connection connection;
  private final Http2Connection.PropertyKey key;
  private final Standstill standstill;
  private long lastStreamAt = System.nanoTime();

  /** Of a stream: since when it is waited for. */
  private static final class Waiting {
    final long begun = System.nanoTime();
    long sent = begun;
    long took = begun;
    int window;
    boolean gaveRoom;
  }

  /**
   * @param next what reads the frames now
   */
  StreamPatience(
      HttpLimits limits,
      ChannelHandlerContext context,
      Http2ConnectionHandler handler,
      Http2FrameListener next) {
    super(next);
    this.limits = limits;
    this.context = context;
    this.handler = handler;
    connection = handler.connection();
    key = connection.newKey();
    standstill = new Standstill(limits.writeTimeout());
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamClosed(Http2Stream stream) {
            lastStreamAt = System.nanoTime();
          }
        });
    long pause = limits.pauseBetweenLooks();
    Future<?> looking =
        context.executor().scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    context.channel().closeFuture().addListener(closed -> looking.cancel(false));
  }

  @Override
  public void onWindowUpdateRead(ChannelHandlerContext context, int id, int increment)
      throws Http2Exception {
    Http2Stream stream = connection.stream(id);
    if (stream != null) {
      waiting(stream).gaveRoom = true;
    }
    super.onWindowUpdateRead(context, id, increment);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean isLast)
      throws Http2Exception {
    Http2Stream stream = connection.stream(id);
    if (stream != null) {
      waiting(stream).sent = System.nanoTime();
    }
    return super.onDataRead(context, id, data, padding, isLast);
  }

  private Waiting waiting(Http2Stream stream) {
    Waiting waiting = stream.getProperty(key);
    if (waiting == null) {
      waiting = new Waiting();
      stream.setProperty(key, waiting);
    }
    return waiting;
  }

  private void look() {
    if (standstill.lasts(context.channel())) {
      context.close(); // from here, as it would first wait for its streams
    } else if (connection.numActiveStreams() > 0) {
      lookAtStreams();
    } else if (isOver(lastStreamAt, limits.idleTimeout())) {
      context.channel().close();
    }
  }

  private void lookAtStreams() {
    try {
      connection.forEachActiveStream(
          stream -> {
            if (isLate(stream)) {
              handler.resetStream(
                  context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
            }
            return true;
          });
    } catch (Http2Exception e) {
      handler.onError(context, true, e);
    }
    context.flush();
  }

  private boolean isLate(Http2Stream stream) {
    Waiting waiting = waiting(stream);
    long since = Wire.expectsLongBody(context.channel()) ? waiting.sent : waiting.begun;
    boolean sends = stream.state().remoteSideOpen() && isOver(since, limits.requestTimeout());
    return sends || takesNothing(stream, waiting);
  }

  private boolean takesNothing(Http2Stream stream, Waiting waiting) {
    Http2RemoteFlowController flow = connection.remote().flowController();
    int window = flow.windowSize(stream);
    if (!flow.hasFlowControlled(stream) || window != waiting.window || waiting.gaveRoom) {
      waiting.window = window;
      waiting.gaveRoom = false;
      waiting.took = System.nanoTime();
    }
    return isOver(waiting.took, limits.writeTimeout());
  }

  private static boolean isOver(long since, long timeout) {
    return System.nanoTime() - since >= TimeUnit.MILLISECONDS.toNanos(timeout);
  }
}
