package courier.socketio.entry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.corundumstudio.socketio.SocketIOClient;
import courier.http.RouterServer;
import courier.http.tls.TlsPeer;
import courier.socketio.SocketioComponent;
import courier.socketio.SocketioEndpoint;
import courier.socketio.server.SocketioConfiguration;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The Socket.IO component behind a real HTTP server; it echoes the event {@code echo}. */
final class SocketioBehindRouter implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  final RouterServer front;
  final DefaultCamelContext context = new DefaultCamelContext();
  final List<SocketIOClient> connected = new CopyOnWriteArrayList<>();
  final SocketioConfiguration options;
  final int port;
  private final SocketioEndpoint endpoint;
  private final TlsPeer secured;

  SocketioBehindRouter(Consumer<SocketioConfiguration> chosen) throws Exception {
    this(null, chosen);
  }

  /**
   * @param secured who knows its certificate; null without TLS
   */
  SocketioBehindRouter(TlsPeer secured, Consumer<SocketioConfiguration> chosen) throws Exception {
    this.secured = secured;
    front = new RouterServer(Optional.ofNullable(secured).map(peer -> peer.tls));
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    options = component.getConfiguration();
    options.setPort(freePort());
    options.setConnectListener(connected::add);
    options.setMaxEventsPerSecond(1000);
    chosen.accept(options);
    endpoint = context.getEndpoint("socketio:newMessage", SocketioEndpoint.class);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:echo").to("socketio:echo");
          }
        });
    context.start();
    endpoint.start();
    new SocketioProxy(front.vertx, component::acceptor, "localhost", options.getPort())
        .install(front.router);
    front.router.route().handler(request -> request.response().setStatusCode(418).end());
    port = front.listen();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** What never comes fails a test, and does not hang it. */
  Socket connect() throws IOException {
    Socket socket = secured == null ? new Socket("localhost", port) : secured.open(port);
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  void awaitClients(int count) {
    await().untilAsserted(() -> assertEquals(count, endpoint.getConnectedClients()));
  }

  @Override
  public void close() {
    front.close();
    context.stop();
  }
}
