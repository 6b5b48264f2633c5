package courier.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Leaves a request that asks for HTTP/2 by {@code Upgrade: h2c} on HTTP/1.1, as any server may,
 * when the change would be none of the client's: a proxy that passes such a header on would not see
 * what is asked for behind it. Or when it would fail, or have a body in memory that nobody bounds.
 */
final class Upgrades extends ChannelInboundHandlerAdapter {
  private static final int MAX_BODY = Http2CodecUtil.DEFAULT_WINDOW_SIZE;

  private final boolean allowed;

  Upgrades(boolean allowed) {
    this.allowed = allowed;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    context.pipeline().remove(this); // it is for the first request only
    if (message instanceof HttpRequest request
        && request.headers().contains(HttpHeaderNames.UPGRADE)
        && asksForHttp2(request.headers())
        && !(allowed && canChange(request))) {
      request.headers().remove(HttpHeaderNames.UPGRADE);
    }
    context.fireChannelRead(message);
  }

  private static boolean asksForHttp2(HttpHeaders headers) {
    return headers.containsValue(
        HttpHeaderNames.UPGRADE, Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, true);
  }

  private static boolean canChange(HttpRequest request) {
    HttpHeaders headers = request.headers();
    List<String> settings = headers.getAll(Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER);
    return request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(
            HttpHeaderNames.CONNECTION, Http2CodecUtil.HTTP_UPGRADE_SETTINGS_HEADER, true)
        && settings.size() == 1
        && areSettings(settings.get(0))
        && !headers.contains(HttpHeaderNames.EXPECT)
        && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
        && HttpUtil.getContentLength(request, 0L) <= MAX_BODY;
  }

  private static boolean areSettings(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      Http2Settings settings = new Http2Settings();
      while (bytes.hasRemaining()) {
        settings.put(bytes.getChar(), (Long) Integer.toUnsignedLong(bytes.getInt()));
      }
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
