package courier.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What there is to know of a client's Engine.IO session besides what netty-socketio knows. It has
 * one poll and one WebSocket at a time, as with the reference server.
 */
final class Session {
  private static final int GRACE_SECONDS = 10;

  final ClientHead client;
  final InetAddress address;
  final PacketQuota quota;
  final EventAssembly incoming = new EventAssembly();
  final EventQueue events = new EventQueue();
  private final Channel handshake;
  private final AtomicBoolean connecting = new AtomicBoolean();
  private volatile boolean asked;
  private volatile long heard = System.nanoTime();
  private volatile String room;
  private volatile Channel webSocket;
  private Channel poll;

  Session(ClientHead client, InetAddress address, PacketQuota quota, Channel handshake) {
    this.client = client;
    this.address = address;
    this.quota = quota;
    this.handshake = handshake;
    if (!isPolling()) {
      webSocket = handshake;
    }
  }

  /** Where its timers run. */
  EventExecutor executor() {
    return handshake.eventLoop();
  }

  /** Something came from the client. */
  void hears() {
    heard = System.nanoTime();
  }

  /** When something came last, as {@link System#nanoTime} has it. */
  long heard() {
    return heard;
  }

  void leftAll() {
    asked = false;
  }

  /** The client sent a CONNECT. */
  void asked() {
    asked = true;
  }

  /** Whether a CONNECT to the default namespace is the only one. */
  boolean connects() {
    return connecting.compareAndSet(false, true);
  }

  /** Its CONNECT was refused, or it has left the namespace: it may send another one. */
  void mayConnect() {
    connecting.set(false);
  }

  /** A client of the protocol's third version is connected to the first namespace unasked. */
  boolean isConnected() {
    return asked || (!isV4() && !client.getNamespaces().isEmpty());
  }

  /** Whether it is connected to a namespace; empty is the default one. */
  boolean isIn(String namespace) {
    return client.getNamespaces().stream().anyMatch(of -> of.getName().equals(namespace));
  }

  /** Whose events it gets, or null. */
  String room() {
    return room;
  }

  void isOf(String name) {
    room = name;
  }

  /** Answers an event, if it asks for that. */
  void acknowledge(EventPacket event, List<?> arguments) {
    if (event.ackId() != null) {
      EncodedPacket.acknowledgement(event.namespace(), event.ackId(), arguments).sendTo(client);
    }
  }

  boolean isV4() {
    return client.getEngineIOVersion() == EngineIOVersion.V4;
  }

  boolean isPolling() {
    return client.getCurrentTransport() == Transport.POLLING;
  }

  /** Whether this connection may become the WebSocket of a client that polls. */
  synchronized boolean upgrades(Channel channel) {
    if (!isPolling() || (webSocket != null && webSocket.isActive())) {
      return false;
    }
    webSocket = channel;
    return true;
  }

  /**
   * Whether this connection's poll is the only one; that of a request which has its answer is none.
   */
  synchronized boolean polls(Channel channel) {
    if (hasPoll()) {
      return false;
    }
    poll = channel;
    return true;
  }

  synchronized boolean hasPoll() {
    return poll != null && poll.isActive() && poll.attr(EncoderHandler.WRITE_ONCE).get() == null;
  }

  /** A poll that came while the client upgraded would wait for ever. */
  synchronized void refusePoll() {
    if (poll != null && poll.attr(EncoderHandler.WRITE_ONCE).compareAndSet(null, true)) {
      poll.writeAndFlush(RequestRefusal.badRequest()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  void end(WebSocketCloseStatus status, String reason) {
    Channel channel = webSocket;
    if (isPolling() || channel == null) {
      client.getPacketsQueue(Transport.POLLING).clear();
      client.send(new Packet(PacketType.CLOSE, client.getEngineIOVersion()), Transport.POLLING);
      client.onChannelDisconnect();
      handshake.close();
    } else if (channel.eventLoop().inEventLoop()) {
      channel.pipeline().get(ConnectionGuard.class).end(status, reason);
    } else {
      channel.eventLoop().execute(() -> end(status, reason));
    }
  }

  /** The server forgets the session: its connection gets some time to send what it has, no more. */
  void closed() {
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
