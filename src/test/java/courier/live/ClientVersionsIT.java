package courier.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of npm's socket.io-client that people have, by every transport. */
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
}
