package courier.http.connection;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/**
 * Resets a stream whose head says what HTTP/1.1 has no way to say, as RFC 9113 has it and Netty
 * leaves it: passed on, it would be lines of another's request there.
 */
final class WellFormed extends HeadsFirst {
  private static final char DELETE = 0x7f;

  /**
   * @param next what reads the frames now
   */
  WellFormed(Http2FrameListener next) {
    super(next);
  }

  @Override
  boolean mayGoOn(int id, Http2Headers headers, int padding, boolean ended) throws Http2Exception {
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      boolean isWord = Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(header.getKey());
      if (header.getValue().chars().anyMatch(c -> isWord ? endsWord(c) : endsLine(c))) {
        throw Http2Exception.streamError(
            id, Http2Error.PROTOCOL_ERROR, "%s is malformed", header.getKey());
      }
    }
    return true;
  }

  private static boolean endsWord(int c) {
    return c <= ' ' || c == DELETE;
  }

  private static boolean endsLine(int c) {
    return c == '\r' || c == '\n' || c == 0;
  }
}
