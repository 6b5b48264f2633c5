package courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.config.StartupException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void aPortInUseIsNamedWithWhatElseMayBeDone() throws Exception {
    try (ServerSocket other = new ServerSocket(0);
        Ports ports = new Ports(host -> false)) {
      InetSocketAddress address = new InetSocketAddress("localhost", other.getLocalPort());

      String refusal = refusal(ports, address, ", or leave it out");

      assertTrue(
          refusal.startsWith("Cannot listen on localhost:%d: ".formatted(address.getPort())));
      assertTrue(
          refusal.endsWith("Stop what listens there, or change a.port, or leave it out."), refusal);
    }
  }

  @Test
  void onePortForTwoIsNamedWithBothKeys() throws Exception {
    InetSocketAddress free = free();
    try (Ports ports = new Ports(host -> false)) {
      ports.claim("host", "b.port", free, "");

      assertEquals(
          "Cannot listen on localhost:%d: b.port is the same port. Change it or a.port."
              .formatted(free.getPort()),
          refusal(ports, free, ""));
    }
  }

  @Test
  void aHostThatIsNotHereIsNamedWithItsKey() throws Exception {
    try (Ports ports = new Ports(host -> false)) {
      for (String host : new String[] {"192.0.2.1", "no-such-host.invalid"}) {
        assertEquals(
            "Cannot listen on %s:1: this machine has no such address. Change host.".formatted(host),
            refusal(ports, new InetSocketAddress(host, 1), ""));
      }
    }
  }

  @Test
  void whatIsOpenToTheNetworkNeedsTheWordForIt() throws Exception {
    int port = free().getPort();
    try (Ports ports = new Ports(host -> false)) {
      for (String host : new String[] {"0.0.0.0", "::"}) {
        String refusal = refusal(ports, new InetSocketAddress(host, port), "");
        assertTrue(refusal.contains("host opens it to the network"), refusal);
        assertTrue(refusal.contains("auth.mode=none-on-the-network"), refusal);
      }
    }
    try (Ports ports = new Ports(host -> true)) {
      ports.claim("host", "a.port", new InetSocketAddress("0.0.0.0", port), "");
    }
  }

  @Test
  void whatWasHeldIsFreeAfterwards() throws Exception {
    InetSocketAddress free = free();
    try (Ports ports = new Ports(host -> false)) {
      ports.claim("host", "a.port", free, "");
    }

    try (ServerSocket socket = new ServerSocket(free.getPort(), 0, free.getAddress())) {
      assertTrue(socket.isBound());
    }
  }

  private static String refusal(Ports ports, InetSocketAddress address, String otherwise) {
    return assertThrows(
            StartupException.class, () -> ports.claim("host", "a.port", address, otherwise))
        .getMessage();
  }

  private static InetSocketAddress free() throws Exception {
    try (ServerSocket any = new ServerSocket(0)) {
      return new InetSocketAddress("localhost", any.getLocalPort());
    }
  }
}
