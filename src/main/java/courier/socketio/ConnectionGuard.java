package courier.socketio;

import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.handler.ClientHead;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection from costing the server more than its share. */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);

  private final DisconnectableHub hub;

  ConnectionGuard(DisconnectableHub hub) {
    this.hub = hub;
  }

  /** A client that does not read is closed, or its events would fill the memory. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      LOG.info("Closing {}: it does not keep up with its events", context.channel());
      context.close();
    }
  }

  /** A handshake that never became a connection is forgotten; the server itself would keep it. */
  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ClientHead client = context.channel().attr(ClientHead.CLIENT).get();
    if (client != null && client.getNamespaces().isEmpty()) {
      hub.onDisconnect(client);
    }
    context.fireChannelInactive();
  }

  /** What a client sends wrong ends its connection, and is no error of the server. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("Closing {}", context.channel(), cause);
    context.close();
  }
}
