package courier.socketio.guard;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many sessions an address may have, and how many it may open in a second. An IPv6 network of
 * 64 bits is one address: who has one of its addresses usually has them all.
 */
public final class Admission {
  private static final int NETWORK_BYTES = 8;

  private final SocketioLimits limits;
  private final Map<ByteBuffer, Visitor> visitors = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  public Admission(SocketioLimits limits) {
    this.limits = limits;
  }

  /** Counts a handshake, and says whether it may go on. */
  public boolean admits(InetAddress address) {
    boolean[] admitted = new boolean[1];
    visitors.compute(
        key(address),
        (key, known) -> {
          Visitor visitor = known == null ? new Visitor(limits) : known;
          admitted[0] =
              visitor.sessions < limits.getMaxConnectionsPerAddress() && visitor.handshakes.take();
          return visitor;
        });
    if (!admitted[0]) {
      refused.increment();
    }
    return admitted[0];
  }

  /** Whether it has not too many sessions, for a handshake that was counted before. */
  public boolean hasRoom(InetAddress address) {
    Visitor visitor = visitors.get(key(address));
    return visitor == null || visitor.sessions < limits.getMaxConnectionsPerAddress();
  }

  public void entered(InetAddress address) {
    visitors.compute(
        key(address),
        (key, known) -> {
          Visitor visitor = known == null ? new Visitor(limits) : known;
          visitor.sessions++;
          return visitor;
        });
  }

  public void left(InetAddress address) {
    visitors.computeIfPresent(
        key(address),
        (key, visitor) -> {
          visitor.sessions--;
          return visitor;
        });
  }

  /** A client of this address spends some of the events that the address may emit, or more. */
  void spend(InetAddress address, double events) {
    visitors.compute(
        key(address),
        (key, known) -> {
          Visitor visitor = known == null ? new Visitor(limits) : known;
          visitor.events.borrow(events);
          return visitor;
        });
  }

  /** How long it takes, in nanoseconds, until clients of this address may emit one more event. */
  long debt(InetAddress address) {
    long[] debt = new long[1];
    visitors.computeIfPresent(
        key(address),
        (key, visitor) -> {
          debt[0] = visitor.events.debt();
          return visitor;
        });
    return debt[0];
  }

  /** Forgets addresses of which there is nothing to know; to be called now and then. */
  public void tidy() {
    for (ByteBuffer key : visitors.keySet()) {
      visitors.computeIfPresent(key, (same, visitor) -> visitor.isIdle() ? null : visitor);
    }
  }

  int visitors() {
    return visitors.size();
  }

  public long refused() {
    return refused.sum();
  }

  /** What is one address here. */
  public static ByteBuffer key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }

  private static final class Visitor {
    private final TokenBucket handshakes;
    private final TokenBucket events;
    private volatile int sessions;

    Visitor(SocketioLimits limits) {
      handshakes = new TokenBucket(limits.getMaxHandshakesPerSecond());
      events = new TokenBucket(limits.getMaxEventsPerSecondPerAddress());
    }

    boolean isIdle() {
      return sessions == 0 && handshakes.isFull() && events.isFull();
    }
  }
}
