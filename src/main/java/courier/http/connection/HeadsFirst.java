package courier.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/** Looks at the heads of streams before they are passed on, whether they have a priority or not. */
abstract class HeadsFirst extends Http2FrameListenerDecorator {
  HeadsFirst(Http2FrameListener next) {
    super(next);
  }

  /**
   * @return whether it is passed on now
   * @throws Http2Exception when it is refused
   */
  abstract boolean mayGoOn(int id, Http2Headers headers, int padding, boolean ended)
      throws Http2Exception;

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int id,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean ended)
      throws Http2Exception {
    if (mayGoOn(id, headers, padding, ended)) {
      super.onHeadersRead(context, id, headers, dependency, weight, exclusive, padding, ended);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean ended)
      throws Http2Exception {
    if (mayGoOn(id, headers, padding, ended)) {
      super.onHeadersRead(context, id, headers, padding, ended);
    }
  }
}
