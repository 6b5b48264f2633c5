package courier.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketioProxyTest {
  private static final RouterServer FRONT = new RouterServer();
  private static SocketIOServer socketio;
  private static int port;

  private final List<String> received = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.setHostname("localhost");
    configuration.setPort(freePort());
    socketio = new SocketIOServer(configuration);
    socketio.addEventListener("echo", String.class, (c, text, ack) -> c.sendEvent("echo", text));
    socketio.start();
    Router router = FRONT.router;
    router.route().handler(context -> context.response().setStatusCode(418).end());
    new SocketioProxy(FRONT.vertx, "localhost", configuration.getPort()).install(router);
    port = FRONT.listen();
  }

  @AfterAll
  static void stop() {
    socketio.stop();
    FRONT.close();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Socket connect(String... transports) {
    IO.Options options = IO.Options.builder().setForceNew(true).setTransports(transports).build();
    Socket socket = IO.socket(URI.create("http://localhost:" + port), options);
    socket.on("echo", arguments -> received.add((String) arguments[0]));
    socket.connect();
    await().until(socket::connected);
    await().until(() -> socketio.getAllClients().size() == 1);
    return socket;
  }

  /** Fewer than 50 texts: of more, netty-socketio's polling loses each 51st. */
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void passesEventsBothWaysInOrder(String transports) {
    Socket socket = connect(transports.split(","));
    List<String> texts = IntStream.range(0, 40).mapToObj(i -> "Grüße " + i).toList();
    texts.forEach(text -> socket.emit("echo", text));
    await().until(() -> received.size() == texts.size());
    assertEquals(texts, received);
    socket.close();
    await().until(() -> socketio.getAllClients().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void aClientTheServerDisconnectsIsTold(String transport) {
    Socket socket = connect(transport);
    socketio.getAllClients().forEach(SocketIOClient::disconnect);
    await().until(() -> !socket.connected());
    socket.close();
    await().until(() -> socketio.getAllClients().isEmpty());
  }

  @Test
  void answersBadGatewayWithAReasonWhenTheServerIsAway() throws Exception {
    try (RouterServer server = new RouterServer()) {
      new SocketioProxy(server.vertx, "localhost", freePort()).install(server.router);
      String address = "http://localhost:%d/socket.io/?EIO=4&transport=polling";
      URI uri = URI.create(address.formatted(server.listen()));
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(502, answer.statusCode());
      assertEquals("application/problem+json", answer.headers().firstValue("content-type").get());
      assertEquals(502, new JsonObject(answer.body()).getInteger("status"));
      assertTrue(new JsonObject(answer.body()).getString("detail").contains("Socket.IO"));
    }
  }
}
