package courier.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** What there is to know of a client's Engine.IO session besides what netty-socketio knows. */
final class Session {
  private static final int GRACE_SECONDS = 10;

  final ClientHead client;
  final InetAddress address;
  final PacketQuota quota;
  private final Channel handshake;
  private volatile boolean asked;
  private volatile Channel webSocket;

  Session(ClientHead client, InetAddress address, PacketQuota quota, Channel handshake) {
    this.client = client;
    this.address = address;
    this.quota = quota;
    this.handshake = handshake;
  }

  /** The client sent a CONNECT. */
  void asked() {
    asked = true;
  }

  /** A client of the protocol's third version is connected to the first namespace unasked. */
  boolean isConnected() {
    return asked
        || (client.getEngineIOVersion() != EngineIOVersion.V4 && !client.getNamespaces().isEmpty());
  }

  boolean isPolling() {
    return client.getCurrentTransport() == Transport.POLLING;
  }

  void upgraded(Channel channel) {
    webSocket = channel;
  }

  void end(WebSocketCloseStatus status, String reason) {
    Channel channel = webSocket;
    if (isPolling() || channel == null) {
      client.getPacketsQueue(Transport.POLLING).clear();
      client.send(new Packet(PacketType.CLOSE, client.getEngineIOVersion()), Transport.POLLING);
      client.onChannelDisconnect();
      handshake.close();
      if (channel != null) {
        channel.close(); // it was about to upgrade
      }
    } else if (channel.eventLoop().inEventLoop()) {
      channel.pipeline().get(ConnectionGuard.class).end(status, reason);
    } else {
      channel.eventLoop().execute(() -> end(status, reason));
    }
  }

  /** The server forgets the session: its connection gets some time to send what it has, no more. */
  void closed() {
    Channel channel = webSocket;
    if (channel != null && channel.isActive()) {
      Future<?> end =
          channel.eventLoop().schedule(() -> channel.close(), GRACE_SECONDS, TimeUnit.SECONDS);
      channel.closeFuture().addListener(closed -> end.cancel(false));
    }
  }
}
