package courier.socketio.server;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.guard.Guarded;
import courier.socketio.guard.PacketQuota;
import courier.socketio.packet.EncodedPacket;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import courier.socketio.packet.RequestRefusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What there is to know of a client's Engine.IO session besides what netty-socketio knows. It has
 * one poll and one WebSocket at a time, as with the reference server.
 */
public final class Session implements Guarded {
  private static final int GRACE_SECONDS = 10;

  public final ClientHead client;
  final InetAddress address;
  final PacketQuota quota;
  final EventAssembly incoming = new EventAssembly();
  final EventQueue events;
  private final Runnable forget;
  private final Channel handshake;
  private final AtomicBoolean connecting = new AtomicBoolean();
  private volatile boolean asked;
  private volatile boolean leaving;
  private volatile long heard = System.nanoTime();
  private volatile Connection connection;
  private volatile Doorkeeper.Caller caller;
  private Future<?> stay;
  private volatile Channel webSocket;
  private Channel poll;

  /**
   * @param handshake the connection that it began with
   * @param forget has the server forget it
   */
  Session(
      ClientHead client,
      InetAddress address,
      PacketQuota quota,
      Channel handshake,
      Runnable forget) {
    this.client = client;
    this.address = address;
    this.quota = quota;
    this.events = new EventQueue(quota, handshake.eventLoop());
    this.handshake = handshake;
    this.forget = forget;
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

  /** How many events of it wait for those before them. */
  public int waitingEvents() {
    return events.waiting();
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

  /** Who it is, or null where nobody is asked. */
  public Doorkeeper.Caller caller() {
    return caller;
  }

  /**
   * It may stay as long as that is known. Then its transport ends, so that it comes again.
   *
   * @return false if it is known as somebody else
   */
  synchronized boolean isKnownAs(Doorkeeper.Caller known) {
    if (caller != null && !caller.name().equals(known.name())) {
      return false;
    }
    caller = known;
    if (stay != null) {
      stay.cancel(false);
    }
    stay =
        executor().schedule(this::cut, Math.max(0, known.left().toMillis()), TimeUnit.MILLISECONDS);
    return true;
  }

  /** Ends it if it may stay no more. */
  void endUnlessWelcome() {
    Doorkeeper.Caller known = caller;
    if (known != null && !known.mayStay()) {
      cut();
    }
  }

  /**
   * Ends its transport, so that its client connects again by itself. A WebSocket without a word:
   * who is told why by a close frame takes that for its own end (Socket.IO's client for Java waits
   * for a ping then).
   */
  @Override
  public void cut() {
    Channel channel = webSocket;
    if (isPolling() || channel == null) {
      end(WebSocketCloseStatus.POLICY_VIOLATION, "");
    } else {
      forget.run();
      channel.close();
    }
  }

  /** The client sent a packet that closes it. */
  void leaves() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** A client of the protocol's third version is connected to the first namespace unasked. */
  boolean isConnected() {
    return asked || (!isV4() && !client.getNamespaces().isEmpty());
  }

  /** Whether it is connected to a namespace; empty is the default one. */
  public boolean isIn(String namespace) {
    return client.getNamespaces().stream().anyMatch(of -> of.getName().equals(namespace));
  }

  /** To whom events of a log are sent, or null. */
  Connection connection() {
    return connection;
  }

  void connects(Connection as) {
    connection = as;
  }

  /** Whose events it gets, or null. */
  public String room() {
    Connection now = connection;
    return now == null ? null : now.room();
  }

  /** Answers an event, if it asks for that. */
  public void acknowledge(EventPacket event, List<?> arguments) {
    if (event.ackId() != null) {
      EncodedPacket.Content answer =
          EncodedPacket.acknowledgement(event.namespace(), event.ackId(), arguments);
      quota.answers(answer.bytes());
      answer.sendTo(client);
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

  /** The WebSocket that a client that polls is about to become, or null. */
  Channel upgrading() {
    Channel next = webSocket;
    return next != null && next.isActive() && isPolling() ? next : null;
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

  /** Once the server has got the poll, which its event loop may just be reading. */
  synchronized void afterPoll(Runnable then) {
    poll.eventLoop().execute(then);
  }

  synchronized void refusePoll() {
    if (poll != null && poll.attr(EncoderHandler.WRITE_ONCE).compareAndSet(null, true)) {
      poll.writeAndFlush(RequestRefusal.badRequest()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public Collection<Packet> queued() {
    return isPolling() ? client.getPacketsQueue(Transport.POLLING) : List.of();
  }

  @Override
  public void end(WebSocketCloseStatus status, String reason) {
    close(status, reason);
    forget.run();
  }

  private void close(WebSocketCloseStatus status, String reason) {
    Channel channel = webSocket;
    if (isPolling() || channel == null) {
      client.getPacketsQueue(Transport.POLLING).clear();
      client.send(new Packet(PacketType.CLOSE, client.getEngineIOVersion()), Transport.POLLING);
      client.onChannelDisconnect();
      handshake.close();
    } else if (channel.eventLoop().inEventLoop()) {
      channel.pipeline().get(ConnectionGuard.class).end(status, reason);
    } else {
      channel.eventLoop().execute(() -> close(status, reason));
    }
  }

  /** The server forgets the session: its connection gets some time to send what it has, no more. */
  synchronized void closed() {
    if (stay != null) {
      stay.cancel(false);
    }
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
