package courier.socketio.guard;

import java.net.InetAddress;

/**
 * How much a client may send. An event costs as much as its bytes and those of its answer do, and
 * more if it has the server compute for longer; the clients of one address spend together.
 */
public final class PacketQuota {
  /** For which a client pays as for one more event. */
  private static final double BYTES = 16 * 1024;

  /** What it pays for with an event, and again for each of as long. */
  private static final double NANOS = 250_000;

  private final TokenBucket events;
  private final TokenBucket others;
  private final Admission admission;
  private final InetAddress address;

  public PacketQuota(SocketioLimits limits, Admission admission, InetAddress address) {
    events = new TokenBucket(limits.getMaxEventsPerSecond());
    others = new TokenBucket(limits.getMaxPacketsPerSecond());
    this.admission = admission;
    this.address = address;
  }

  /** Whether it may send a packet that is no event. */
  public synchronized boolean takes() {
    return others.take();
  }

  /**
   * An event of it is taken, be it more than it may send.
   *
   * @param parts the event and its attachments
   * @param bytes of both
   */
  public void takesEvent(int parts, int bytes) {
    spend(parts + bytes / BYTES);
  }

  /** It is sent an answer. */
  public void answers(int bytes) {
    spend(bytes / BYTES);
  }

  /**
   * The server has computed for an event of it.
   *
   * @param nanos without those that it waited for others
   */
  public void computes(long nanos) {
    spend(Math.max(0, nanos / NANOS - 1));
  }

  private synchronized void spend(double some) {
    events.borrow(some);
    admission.spend(address, some);
  }

  /** How long it takes, in nanoseconds, until it may send one more event. */
  public synchronized long eventDebt() {
    return Math.max(events.debt(), admission.debt(address));
  }
}
