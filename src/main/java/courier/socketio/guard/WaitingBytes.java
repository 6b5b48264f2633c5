package courier.socketio.guard;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Bytes that wait for their turn, of all clients; those of one address are half of it at most. */
public final class WaitingBytes {
  private final long most;
  private final Map<Object, Long> perAddress = new HashMap<>();
  private long all;

  public WaitingBytes(long most) {
    this.most = most;
  }

  /** Some more come, if there is room for them. */
  public synchronized boolean takes(InetAddress address, int bytes) {
    Object key = Admission.key(address);
    long ofAddress = perAddress.getOrDefault(key, 0L) + bytes;
    if (all + bytes > most || ofAddress > most / 2) {
      return false;
    }
    all += bytes;
    perAddress.put(key, ofAddress);
    return true;
  }

  /** Some that were taken wait no more. */
  public synchronized void leaves(InetAddress address, int bytes) {
    all -= bytes;
    perAddress.computeIfPresent(
        Admission.key(address), (key, of) -> of == bytes ? null : of - bytes);
  }
}
