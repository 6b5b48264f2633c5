package courier;

import courier.config.StartupException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Holds every address that is about to be listened on, to say at once which cannot be. Camel itself
 * only warns, reports that it is well, and listens nowhere.
 */
final class Ports implements AutoCloseable {
  private final Map<String, ServerSocket> held = new LinkedHashMap<>();
  private final Predicate<String> openToTheNetwork;

  /**
   * @param openToTheNetwork whether others than this machine may be let in at the host of a
   *     property
   */
  Ports(Predicate<String> openToTheNetwork) {
    this.openToTheNetwork = openToTheNetwork;
  }

  /**
   * Holds an address.
   *
   * @param host the property that gives its host
   * @param port the property that gives its port
   * @param otherwise what else may be done than to change the property
   * @throws StartupException when it is taken, is no address of this machine, or would let others
   *     in without the word for it
   */
  void claim(String host, String port, InetSocketAddress address, String otherwise) {
    String cannot =
        "Cannot listen on %s:%d: ".formatted(address.getHostString(), address.getPort());
    held.forEach(
        (other, socket) -> {
          if (socket.getLocalPort() == address.getPort()) {
            throw new StartupException(
                cannot + "%s is the same port. Change it or %s.".formatted(other, port));
          }
        });
    try {
      if (!isHere(address.getAddress())) {
        throw new StartupException(
            cannot + "this machine has no such address. Change %s%s.".formatted(host, otherwise));
      }
      if (!openToTheNetwork.test(host) && !address.getAddress().isLoopbackAddress()) {
        throw new StartupException(
            cannot
                + "%s opens it to the network, and nobody is asked there who they are. Change %s, set auth.mode=jwt to have HTTP servers ask, or auth.mode=none-on-the-network if who reaches it may read and change everything."
                    .formatted(host, host));
      }
      held.put(port, new ServerSocket(address.getPort(), 0, address.getAddress()));
    } catch (BindException e) {
      throw new StartupException(
          cannot
              + "%s. Stop what listens there, or change %s%s."
                  .formatted(e.getMessage(), port, otherwise));
    } catch (IOException e) {
      throw new StartupException(cannot + e.getMessage());
    }
  }

  /** Null is a name that is not known. */
  private static boolean isHere(InetAddress address) throws IOException {
    return address != null
        && (address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || NetworkInterface.getByInetAddress(address) != null);
  }

  /** Lets go of the addresses, to be listened on. */
  @Override
  public void close() throws IOException {
    for (ServerSocket socket : held.values()) {
      socket.close();
    }
  }
}
