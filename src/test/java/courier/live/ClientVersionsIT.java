package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.chaos.proxy.TcpProxy;
import courier.fixture.FreePort;
import courier.live.client.StockClient;
import courier.socketio.SocketioClient;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of npm's socket.io-client that people have, and Java's, by every transport. */
class ClientVersionsIT {
  private static final List<String> VERSIONS =
      List.of("2.5", "3.1", "4.0", "4.5", "4.6", "4.7", "4.8");

  private static final List<String> POLLING = List.of("polling");
  private static final List<String> WEBSOCKET = List.of("websocket");
  private static final List<String> DEFAULT = List.of("polling", "websocket");

  /** Of those that know connection state recovery. */
  private static final List<String> RECOVERING = List.of("4.6", "4.7", "4.8");

  private static final String UNICODE = "Grüße \uD83D\uDE00 \u0000\u001e\u2028 \"";

  @TempDir static Path folder;
  private static LiveCourier live;

  @BeforeAll
  static void start() {
    live = new LiveCourier(folder, 1).start();
  }

  @AfterAll
  static void close() {
    live.close();
  }

  static Stream<Arguments> all() {
    return VERSIONS.stream()
        .flatMap(
            version ->
                Stream.of(POLLING, WEBSOCKET, DEFAULT)
                    .map(transports -> Arguments.of(version, transports)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isConnectedGetsEachEventOnceAndRecovers(String version, List<String> transports) {
    String name = "v" + version + "-" + String.join("-", transports);
    Map<String, Object> options = Map.of("transports", transports);
    try (StockClient client = StockClient.ofVersion(version, live.url(0), options)) {
      client.awaits("connect", 1);
      live.send(name + "-0-0", "x", "clientB", UNICODE);
      client.awaits("message", 1);
      assertEquals(UNICODE, client.events("message").get(0).get("text").textValue());

      client.cut();
      client.awaits("connect", 2);
      live.send(name + "-0-1", "x", "clientB", "again");
      client.awaits("message", 2);
      assertEquals(
          List.of(name + "-0-0", name + "-0-1"),
          client.events("message").stream().map(event -> event.get("id").textValue()).toList());
      if (RECOVERING.contains(version)) {
        assertTrue(client.recovered().get(1), name);
      }
    }
  }

  static Stream<List<String>> transports() {
    return Stream.of(POLLING, WEBSOCKET, DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void theJavaClientIsConnectedGetsEachEventOnceAndComesBack(List<String> transports)
      throws Exception {
    String name = "java-" + String.join("-", transports);
    int port = FreePort.next();
    int server = URI.create(live.url(0)).getPort();
    try (TcpProxy network = new TcpProxy(InetAddress.getLoopbackAddress(), port, server);
        SocketioClient client =
            SocketioClient.connect(port, "", transports.toArray(String[]::new))) {
      live.send(name + "-0", "x", "clientB", UNICODE);
      await().until(() -> client.received.size() == 1);
      assertEquals(UNICODE, ((JSONObject) client.received.get(0)).getString("message"));

      network.cut(true);
      await().atMost(Duration.ofSeconds(60)).until(() -> !client.isConnected());
      network.cut(false);
      await().until(client::isConnected);
      live.send(name + "-1", "x", "clientB", "again");
      await().until(() -> client.received.size() == 2);
      assertEquals(name + "-1", ((JSONObject) client.received.get(1)).getString("_id"));
    }
  }
}
