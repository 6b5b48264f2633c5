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
        Ports ports = new Ports()) {
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
    try (Ports ports = new Ports()) {
      ports.claim("host", "b.port", free, "");

      assertEquals(
          "Cannot listen on localhost:%d: b.port is the same port. Change it or a.port."
              .formatted(free.getPort()),
          refusal(ports, free, ""));
    }
  }

  @Test
  void aHostThatIsNotHereIsNamedWithItsKey() throws Exception {
    try (Ports ports = new Ports()) {
      for (String host : new String[] {"192.0.2.1", "no-such-host.invalid"}) {
        assertEquals(
            "Cannot listen on %s:1: this machine has no such address. Change host.".formatted(host),
            refusal(ports, new InetSocketAddress(host, 1), ""));
      }
    }
  }

  @Test
  void whatWasHeldIsFreeAfterwards() throws Exception {
    InetSocketAddress free = free();
    try (Ports ports = new Ports()) {
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
