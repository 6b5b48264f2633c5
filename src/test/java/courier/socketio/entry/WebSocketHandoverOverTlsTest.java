package courier.socketio.entry;

import courier.http.tls.TlsPeer;
import org.junit.jupiter.api.BeforeAll;

/** The same, with TLS in front of all that is handed over. */
class WebSocketHandoverOverTlsTest extends WebSocketHandoverTest {
  private static TlsPeer peer;

  @BeforeAll
  static void make() throws Exception {
    peer = new TlsPeer();
  }

  @Override
  SocketioBehindRouter serve() throws Exception {
    return new SocketioBehindRouter(peer, options -> options.setConnectTimeout(60_000));
  }
}
