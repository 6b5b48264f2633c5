package courier.http.connection;

import courier.http.tls.TlsPeer;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The same, behind a handshake. */
class Http2LimitsOverTlsTest extends Http2LimitsTest {
  private static TlsPeer peer;

  @BeforeAll
  static void make() throws Exception {
    peer = new TlsPeer();
  }

  @BeforeEach
  void secure() {
    server.secure(peer.tls);
  }

  @Override
  Socket open(int port) throws IOException {
    return peer.open(port, "h2");
  }
}
