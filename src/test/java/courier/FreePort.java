package courier;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that nobody listens on, and that no outgoing connection, default of Courier or test in
 * another virtual machine of this run gets meanwhile.
 */
public final class FreePort {
  private static final int EACH = 2_000;
  private static final int FIRST = 10_000 + EACH * (Integer.getInteger("fork", 1) % 8);
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  public static int next() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + EACH);
      try (ServerSocket free = new ServerSocket(port)) {
        if (GIVEN.add(port)) {
          return free.getLocalPort();
        }
      } catch (IOException e) {
        // taken, another one then
      }
    }
  }
}
