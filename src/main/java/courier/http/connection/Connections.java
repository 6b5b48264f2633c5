package courier.http.connection;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.Wire;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one HTTP server: how many there may be, in all and from each address. An IPv6
 * network of 64 bits is one address. What is over it is closed without a word, as an answer would
 * cost more.
 */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int NETWORK_BYTES = 8;
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Takes a connection off the count of its address. */
  private static final AttributeKey<Runnable> LEAVE =
      AttributeKey.valueOf(Connections.class, "leave");

  private final HttpLimits limits;
  private final ClientAddress addresses;
  private final boolean tls;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<ByteBuffer, Integer> perAddress = new ConcurrentHashMap<>();
  private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - QUIET_NANOS);

  /**
   * @param tls whether a connection begins with a handshake
   */
  Connections(HttpLimits limits, ClientAddress addresses, boolean tls) {
    this.limits = limits;
    this.addresses = addresses;
    this.tls = tls;
  }

  /** Counts a connection, for as long as it is open, whoever serves it. */
  boolean admit(Channel channel) {
    if (all.incrementAndGet() > limits.connections()) {
      all.decrementAndGet();
      warn("There are %d connections, more are closed at once".formatted(limits.connections()));
      return false;
    }
    if (!admitOfAddress(channel)) {
      all.decrementAndGet();
      return false;
    }
    channel.closeFuture().addListener(closed -> all.decrementAndGet());
    return true;
  }

  private boolean admitOfAddress(Channel channel) {
    if (channel.remoteAddress() == null) {
      return false; // it is gone already
    }
    InetAddress peer = ClientAddress.peer(channel);
    boolean trusted = addresses.trusts(peer);
    if (perAddress.merge(key(peer), 1, Integer::sum) > limits.connectionsPerAddress() && !trusted) {
      left(peer);
      warn(
          "%s has %d connections, more are closed at once, as http.max-connections-per-address says"
              .formatted(peer.getHostAddress(), limits.connectionsPerAddress()));
      return false;
    }
    AtomicBoolean here = new AtomicBoolean(true);
    Runnable leave =
        () -> {
          if (here.compareAndSet(true, false)) {
            left(peer);
          }
        };
    channel.attr(LEAVE).set(leave);
    channel.closeFuture().addListener(closed -> leave.run());
    // A proxy that lets a change to HTTP/2 pass does not know what it does.
    FirstWords words = new FirstWords(limits.requestTimeout(), !trusted);
    channel.pipeline().addLast(tls ? new FirstBytes(words) : words);
    return true;
  }

  /** Watches over a connection for as long as HTTP is spoken on it. */
  void opened(HttpConnection connection) {
    connection.exceptionHandler(failure -> LOG.debug("A connection failed", failure));
    Channel channel = Wire.of(connection);
    ChannelPipeline pipeline = channel.pipeline();
    if (FirstWords.isHttp2(pipeline)) {
      if (!FirstWords.mayChange(pipeline)) {
        pipeline.remove(FirstWords.class);
      }
      Http2.watch(channel, limits, addresses.trusts(ClientAddress.peer(channel)));
      return;
    }
    pipeline.remove(FirstWords.class);
    pipeline.addBefore(FirstWords.REQUESTS, null, new OneRequestAtATime());
    pipeline.addBefore(FirstWords.REQUESTS, null, new Patience(limits, channel.attr(LEAVE).get()));
  }

  private void left(InetAddress peer) {
    perAddress.computeIfPresent(key(peer), (key, count) -> count == 1 ? null : count - 1);
  }

  private void warn(String what) {
    long last = lastWarning.get();
    long now = System.nanoTime();
    if (now - last >= QUIET_NANOS && lastWarning.compareAndSet(last, now)) {
      LOG.warn("{}", what);
    }
  }

  private static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }
}
