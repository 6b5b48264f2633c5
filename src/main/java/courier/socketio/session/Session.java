package courier.socketio.session;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.guard.Guarded;
import courier.socketio.guard.PacketQuota;
import courier.socketio.packet.EncodedPacket;
import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventPacket;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What there is to know of a client's Engine.IO session besides what netty-socketio knows. */
public final class Session implements Guarded {
  public final ClientHead client;
  public final InetAddress address;
  public final PacketQuota quota;
  public final EventAssembly incoming = new EventAssembly();
  public final EventQueue events;
  public final Transports transports;
  public final Stay stay;
  private final EventExecutor executor;
  private final Runnable forget;
  private final AtomicBoolean connecting = new AtomicBoolean();
  private volatile boolean asked;
  private volatile boolean leaving;
  private volatile long heard = System.nanoTime();
  private volatile Connection connection;

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
    this.forget = forget;
    executor = handshake.eventLoop();
    events = new EventQueue(quota, executor);
    transports = new Transports(client, handshake);
    stay = new Stay(executor, this::cut);
  }

  /** Where its timers run. */
  public EventExecutor executor() {
    return executor;
  }

  /** Something came from the client. */
  public void hears() {
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
  public void asked() {
    asked = true;
  }

  /** Whether a CONNECT to the default namespace is the only one. */
  public boolean connects() {
    return connecting.compareAndSet(false, true);
  }

  /** Its CONNECT was refused, or it has left the namespace: it may send another one. */
  public void mayConnect() {
    connecting.set(false);
  }

  /** Who it is, or null where nobody is asked. */
  public Doorkeeper.Caller caller() {
    return stay.caller();
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
  public Connection connection() {
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

  public boolean isV4() {
    return client.getEngineIOVersion() == EngineIOVersion.V4;
  }

  @Override
  public Collection<Packet> queued() {
    return transports.isPolling() ? client.getPacketsQueue(Transport.POLLING) : List.of();
  }

  @Override
  public void end(WebSocketCloseStatus status, String reason) {
    transports.close(status, reason);
    forget.run();
  }

  /**
   * {@inheritDoc} A WebSocket ends without a word: who is told why by a close frame takes that for
   * its own end (Socket.IO's client for Java waits for a ping then).
   */
  @Override
  public void cut() {
    Channel webSocket = transports.webSocket();
    if (webSocket == null) {
      end(WebSocketCloseStatus.POLICY_VIOLATION, "");
    } else {
      forget.run();
      webSocket.close();
    }
  }

  /**
   * The server has taken a poll or a CONNECT, and has let the client into a namespace by it, even
   * if the session has ended at that moment: it leaves it again then.
   */
  public void leaveIfOver() {
    if (!client.isConnected()) {
      client.onChannelDisconnect();
    }
  }

  /** The server has forgotten it. */
  void closed() {
    stay.forget();
    transports.over();
  }
}
