package courier.socketio.server;

import courier.socketio.SocketioClient;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Socket.IO server on a free port, until the test is over. */
final class RunningServer implements AfterEachCallback {
  final SocketioConfiguration options = new SocketioConfiguration();
  private SocketioServer server;

  /** Returns its port. */
  int start() throws Exception {
    options.setPort(SocketioClient.freePort());
    server = new SocketioServer(options);
    server.start();
    return port();
  }

  int port() {
    return options.getPort();
  }

  SocketioServer get() {
    return server;
  }

  @Override
  public void afterEach(ExtensionContext test) {
    server.stop();
  }
}
