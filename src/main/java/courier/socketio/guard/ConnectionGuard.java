package courier.socketio.guard;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection from costing the server more than its share. */
public final class ConnectionGuard extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final ClosedChannelException ENDED = new ClosedChannelException();

  private final Consumer<ClientHead> forget;
  private final SlowClients slow;
  private final SocketioLimits limits;
  private ChannelHandlerContext context;
  private ClientHead client; // once this is its WebSocket
  private long last; // message that was written, in bytes
  private long largest; // that may be waiting
  private boolean ended;

  /**
   * @param forget told of a client whose connection has ended, where the server would not notice
   */
  public ConnectionGuard(SocketioLimits limits, SlowClients slow, Consumer<ClientHead> forget) {
    this.limits = limits;
    this.slow = slow;
    this.forget = forget;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  public boolean hasEnded() {
    return ended;
  }

  /** Nothing is sent after this but the reason; the session counts as closed at once. */
  public void end(WebSocketCloseStatus status, String reason) {
    if (client == null) {
      context.close();
    } else if (!ended) {
      ended = true;
      context
          .writeAndFlush(new CloseWebSocketFrame(status, reason))
          .addListener(ConnectionGuard::sendNoMore);
      client.onChannelDisconnect();
      forget.accept(client);
    }
  }

  /** Some clients wait for the end of the connection; what they send meanwhile must be read. */
  private static void sendNoMore(Future<?> said) {
    if (said.isSuccess() && ((ChannelFuture) said).channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
  }

  /** A client that does not read is closed, or its events would fill the memory. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (ended) {
      ReferenceCountUtil.release(message);
      if (!promise.isVoid()) {
        promise.tryFailure(ENDED);
      }
      return;
    }
    if (client == null
        && message instanceof OutPacketMessage packets
        && packets.getTransport() == Transport.WEBSOCKET) {
      client = packets.getClientHead();
      opened();
    }
    size(message);
    context.write(message, promise);
    if (!ended && !context.channel().isWritable() && slow.isTooMuch(pending(), largest)) {
      slow.closing(context.channel());
      end(WebSocketCloseStatus.TRY_AGAIN_LATER, slow.reason());
    }
  }

  private void size(Object message) {
    int size =
        message instanceof ByteBuf bytes
            ? bytes.readableBytes()
            : message instanceof ByteBufHolder part ? part.content().readableBytes() : 0;
    last = message instanceof ContinuationWebSocketFrame ? last + size : size;
    largest = pending() == 0 ? last : Math.max(largest, last);
  }

  private long pending() {
    ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes();
  }

  private void opened() {
    // The first one would close at once, with the reason unsent and what comes unread.
    if (context.pipeline().get(WebSocket13FrameDecoder.class) != null) {
      context
          .pipeline()
          .replace(
              WebSocket13FrameDecoder.class,
              null,
              new WebSocket13FrameDecoder(
                  WebSocketDecoderConfig.newBuilder()
                      .maxFramePayloadLength(limits.getMaxFramePayloadLength())
                      .closeOnProtocolViolation(false)
                      .build()));
    }
  }

  /** A handshake that never became a connection is forgotten; the server itself would keep it. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ClientHead handshake = context.channel().attr(ClientHead.CLIENT).get();
    if (handshake != null && handshake.getNamespaces().isEmpty()) {
      forget.accept(handshake);
    }
    context.fireChannelInactive();
  }

  /** What a client sends wrong ends its connection, and is no error of the server. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("Closing {}", context.channel(), cause);
    if (cause instanceof CorruptedWebSocketFrameException corrupt) {
      end(corrupt.closeStatus(), corrupt.getMessage());
    } else if (cause instanceof TooLongFrameException) {
      end(
          WebSocketCloseStatus.MESSAGE_TOO_BIG,
          "a message may have %d bytes".formatted(limits.getMaxFramePayloadLength()));
    } else {
      context.close();
    }
  }
}
