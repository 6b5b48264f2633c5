package courier.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a client may cost an HTTP server. Times are in milliseconds.
 *
 * @param idleTimeout until the next request has begun
 * @param requestTimeout until a request is whole, from its head on, the first one from the
 *     connection on
 * @param writeTimeout until a client takes any of what is sent to it
 * @param connections that are open at once, WebSockets included
 * @param connectionsPerAddress of them from one address that is no trusted proxy, WebSockets apart
 */
public record HttpLimits(
    long idleTimeout,
    long requestTimeout,
    long writeTimeout,
    int connections,
    int connectionsPerAddress) {
  /**
   * Courier in one process has four HTTP servers, a connection of Socket.IO may be three file
   * handles, and the embedded servers need some as well.
   */
  public static final int FILES_PER_CONNECTION = 12;

  private static final int LOOKS_PER_TIMEOUT = 4;

  /** How many connections the file handles of this process are enough for. */
  public static int affordableConnections() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
        ? (int) Math.min(Integer.MAX_VALUE, os.getMaxFileDescriptorCount() / FILES_PER_CONNECTION)
        : 10_000;
  }

  /** In which it is seen soon enough that a time is over. */
  public long pauseBetweenLooks() {
    long shortest = Math.min(writeTimeout, Math.min(idleTimeout, requestTimeout));
    return Math.max(1, shortest / LOOKS_PER_TIMEOUT);
  }
}
