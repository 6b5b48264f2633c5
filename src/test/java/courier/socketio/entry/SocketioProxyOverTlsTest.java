package courier.socketio.entry;

import courier.http.tls.TlsPeer;
import courier.socketio.server.SocketioConfiguration;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;

/** The same by https and wss. */
class SocketioProxyOverTlsTest extends SocketioProxyTest {
  private static TlsPeer peer;
  private static OkHttpClient client;

  @BeforeAll
  static void make() throws Exception {
    peer = new TlsPeer();
    client = peer.client();
  }

  @Override
  SocketioBehindRouter serve(Consumer<SocketioConfiguration> chosen) throws Exception {
    return new SocketioBehindRouter(peer, chosen);
  }

  @Override
  Socket connect(IO.Options options) {
    options.callFactory = client;
    options.webSocketFactory = client;
    return IO.socket(URI.create("https://localhost:" + server.port), options);
  }

  @Override
  HttpClientOptions http2() throws Exception {
    return super.http2().setSsl(true).setUseAlpn(true).setTrustOptions(peer.trust());
  }
}
