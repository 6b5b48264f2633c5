package courier.socketio.session;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.packet.RequestRefusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The connections of a session: one poll and one WebSocket at a time, as with the reference server.
 */
public final class Transports {
  private static final int GRACE_SECONDS = 10;

  private final ClientHead client;
  private final Channel handshake;
  private volatile Channel webSocket;
  private Channel poll;

  /**
   * @param handshake the connection that the session began with
   */
  Transports(ClientHead client, Channel handshake) {
    this.client = client;
    this.handshake = handshake;
    if (!isPolling()) {
      webSocket = handshake;
    }
  }

  public boolean isPolling() {
    return client.getCurrentTransport() == Transport.POLLING;
  }

  /** The one that is used, or null while it polls. */
  Channel webSocket() {
    return isPolling() ? null : webSocket;
  }

  /** Whether this connection may become the WebSocket of a client that polls. */
  public synchronized boolean upgrades(Channel channel) {
    if (!isPolling() || (webSocket != null && webSocket.isActive())) {
      return false;
    }
    webSocket = channel;
    return true;
  }

  /** The WebSocket that a client that polls is about to become, or null. */
  public Channel upgrading() {
    Channel next = webSocket;
    return next != null && next.isActive() && isPolling() ? next : null;
  }

  /**
   * Whether this connection's poll is the only one; that of a request which has its answer is none.
   */
  public synchronized boolean polls(Channel channel) {
    if (hasPoll()) {
      return false;
    }
    poll = channel;
    return true;
  }

  public synchronized boolean hasPoll() {
    return poll != null && poll.isActive() && poll.attr(EncoderHandler.WRITE_ONCE).get() == null;
  }

  /** Once the server has got the poll, which its event loop may just be reading. */
  synchronized void afterPoll(Runnable then) {
    poll.eventLoop().execute(then);
  }

  /** Answers its poll, if it has one, with an error. */
  public synchronized void refusePoll() {
    if (poll != null && poll.attr(EncoderHandler.WRITE_ONCE).compareAndSet(null, true)) {
      poll.writeAndFlush(RequestRefusal.badRequest()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Closes the one that is used, saying why. */
  void close(WebSocketCloseStatus status, String reason) {
    Channel channel = webSocket();
    if (channel == null) {
      client.getPacketsQueue(Transport.POLLING).clear();
      client.send(new Packet(PacketType.CLOSE, client.getEngineIOVersion()), Transport.POLLING);
      client.onChannelDisconnect();
      handshake.close();
    } else if (channel.eventLoop().inEventLoop()) {
      ConnectionGuard guard = channel.pipeline().get(ConnectionGuard.class);
      if (guard != null) { // or it was closed meanwhile, and has no handlers any more
        guard.end(status, reason);
      }
    } else {
      channel.eventLoop().execute(() -> close(status, reason));
    }
  }

  /** The session is over: its connection gets some time to send what it has, no more. */
  synchronized void over() {
    Channel channel = webSocket;
    if (channel != null && isPolling()) {
      channel.close(); // it was about to upgrade
    } else if (channel != null && channel.isActive()) {
      Future<?> end =
          channel.eventLoop().schedule(() -> channel.close(), GRACE_SECONDS, TimeUnit.SECONDS);
      channel.closeFuture().addListener(closed -> end.cancel(false));
    }
  }
}
