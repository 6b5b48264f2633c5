package courier.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * Lets a GET of an HTTP/2 connection wait until few of those before it are not yet answered, and
 * their answers taken: a client that asks a lot at once and reads nothing has few answers in
 * memory. Polls of Socket.IO wait for events, and what they bring is bounded elsewhere.
 */
final class FewAnswersAtATime extends HeadsFirst {
  static final int MOST = 4;
  private static final String POLLS = "/socket.io/?";

  private final ChannelHandlerContext context;
  private final Http2ConnectionHandler handler;
  private final Set<Integer> underWay = new HashSet<>();
  private final Queue<Request> later = new ArrayDeque<>();

  private record Request(int id, Http2Headers headers, int padding) {}

  /**
   * @param next what reads the frames now
   */
  FewAnswersAtATime(
      ChannelHandlerContext context, Http2ConnectionHandler handler, Http2FrameListener next) {
    super(next);
    this.context = context;
    this.handler = handler;
    handler
        .connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                later.removeIf(request -> request.id() == stream.id());
                if (underWay.remove(stream.id()) && !later.isEmpty()) {
                  // Not from within the end of the one before.
                  context.executor().execute(FewAnswersAtATime.this::proceed);
                }
              }
            });
  }

  @Override
  boolean mayGoOn(int id, Http2Headers headers, int padding, boolean ended) throws Http2Exception {
    if (!mayBeLong(headers)) {
      return true;
    }
    if (underWay.size() < MOST) {
      underWay.add(id);
      return true;
    }
    if (!ended) {
      // Its body would fill the window of the others meanwhile.
      throw Http2Exception.streamError(id, Http2Error.REFUSED_STREAM, "Too much at once");
    }
    later.add(new Request(id, headers, padding));
    return false;
  }

  /** Trailers have no method. */
  private static boolean mayBeLong(Http2Headers headers) {
    CharSequence method = orEmpty(headers.method());
    return (HttpMethod.GET.asciiName().contentEquals(method)
            || HttpMethod.HEAD.asciiName().contentEquals(method))
        && !orEmpty(headers.path()).toString().startsWith(POLLS);
  }

  private static CharSequence orEmpty(CharSequence value) {
    return value == null ? "" : value;
  }

  private void proceed() {
    while (underWay.size() < MOST && !later.isEmpty() && !context.isRemoved()) {
      Request next = later.remove();
      Http2Stream stream = handler.connection().stream(next.id());
      if (stream == null || !stream.state().localSideOpen()) {
        continue; // the client gave up
      }
      underWay.add(next.id());
      try {
        listener.onHeadersRead(context, next.id(), next.headers(), next.padding(), true);
      } catch (Http2Exception e) {
        handler.onError(context, false, e);
      }
    }
  }
}
