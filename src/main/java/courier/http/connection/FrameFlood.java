package courier.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes an HTTP/2 connection that sends too many frames which are work, but neither a request, nor
 * a body, nor room for an answer: PING, SETTINGS, PRIORITY, CONTINUATION and unknown ones. Resets
 * are counted by Vert.x, to the same number.
 */
final class FrameFlood extends ChannelInboundHandlerAdapter {
  static final int MOST = 200;
  static final int PREFACE_BYTES = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int LENGTH_BYTES = 3;
  private static final int TYPE_AT = LENGTH_BYTES;

  private long toSkip;
  private int headBytes; // of the frame that begins
  private int length;
  private int type;
  private int frames;
  private long windowBegan = System.nanoTime();
  private boolean over;

  /**
   * @param toSkip bytes before the first frame
   */
  FrameFlood(int toSkip) {
    this.toSkip = toSkip;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof ByteBuf bytes) {
      look(bytes);
    }
    if (over) {
      ReferenceCountUtil.release(message);
      context.fireExceptionCaught(
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM, "More than %d such frames", MOST));
    } else {
      context.fireChannelRead(message);
    }
  }

  private void look(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex() && !over) {
      if (toSkip > 0) {
        long skipped = Math.min(toSkip, bytes.writerIndex() - at);
        toSkip -= skipped;
        at += (int) skipped;
      } else {
        head(bytes.getUnsignedByte(at++));
      }
    }
  }

  private void head(int next) {
    if (headBytes < LENGTH_BYTES) {
      length = length << Byte.SIZE | next;
    } else if (headBytes == TYPE_AT) {
      type = next;
    }
    if (++headBytes == Http2CodecUtil.FRAME_HEADER_LENGTH) {
      toSkip = length;
      headBytes = 0;
      length = 0;
      if (isWorkOnly(type)) {
        count();
      }
    }
  }

  private static boolean isWorkOnly(int type) {
    return switch (type) {
      case Http2FrameTypes.DATA,
          Http2FrameTypes.HEADERS,
          Http2FrameTypes.RST_STREAM,
          Http2FrameTypes.WINDOW_UPDATE ->
          false;
      default -> true;
    };
  }

  private void count() {
    long now = System.nanoTime();
    if (now - windowBegan >= WINDOW_NANOS) {
      windowBegan = now;
      frames = 0;
    }
    over = ++frames > MOST;
  }
}
