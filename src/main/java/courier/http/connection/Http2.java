package courier.http.connection;

import courier.http.HttpLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Connection.Endpoint;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * What a client may cost by HTTP/2. The numbers are said here even where they are the defaults, and
 * no options: a client has no reason to want others.
 */
final class Http2 {
  /** Others are refused, which a client may send again. */
  static final int STREAMS = 32;

  /** As long as a client has not said that it knows; what it may assume until then. */
  static final int STREAMS_AT_FIRST = Http2CodecUtil.SMALLEST_MAX_CONCURRENT_STREAMS;

  /** As much as of HTTP/1.1. */
  private static final int HEADER_BYTES = HttpServerOptions.DEFAULT_MAX_HEADER_SIZE;

  /** Of bodies that nobody has read yet, of a stream and of a connection: one body is no longer. */
  private static final int WINDOW = Http2Settings.DEFAULT_INITIAL_WINDOW_SIZE;

  /** How long a connection may go on that is closed, for its streams to end. */
  private static final long GRACE_MILLIS = 2_000;

  private static final int RESET_SECONDS = 30;

  private Http2() {}

  static HttpServerOptions bound(HttpServerOptions options) {
    Http2Settings settings =
        new Http2Settings()
            .setMaxConcurrentStreams(STREAMS)
            .setMaxHeaderListSize(HEADER_BYTES)
            .setHeaderTableSize(Http2Settings.DEFAULT_HEADER_TABLE_SIZE)
            .setMaxFrameSize(Http2Settings.DEFAULT_MAX_FRAME_SIZE)
            .setInitialWindowSize(WINDOW);
    return options
        .setHttp2ClearTextEnabled(true)
        .setInitialSettings(settings)
        .setHttp2ConnectionWindowSize(WINDOW)
        .setHttp2RstFloodMaxRstFramePerWindow(FrameFlood.MOST)
        .setHttp2RstFloodWindowDuration(RESET_SECONDS)
        .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS);
  }

  /** Watches over a connection on which HTTP/2 is spoken from now on. */
  static void watch(Channel channel, HttpLimits limits, boolean trusted) {
    ChannelHandlerContext context = channel.pipeline().context(FirstWords.REQUESTS);
    Http2ConnectionHandler handler = (Http2ConnectionHandler) context.handler();
    handler.gracefulShutdownTimeoutMillis(GRACE_MILLIS);
    limitStreams(handler.connection());
    Http2ConnectionDecoder decoder = handler.decoder();
    if (!trusted) {
      decoder.frameListener(new FewAnswersAtATime(context, handler, decoder.frameListener()));
    }
    decoder.frameListener(new StreamPatience(limits, context, handler, decoder.frameListener()));
    decoder.frameListener(new WellFormed(decoder.frameListener()));
  }

  private static void limitStreams(Http2Connection connection) {
    Endpoint<Http2RemoteFlowController> client = connection.remote();
    client.maxActiveStreams(Math.min(STREAMS_AT_FIRST, client.maxActiveStreams()));
  }
}
