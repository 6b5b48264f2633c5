package courier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
  private static EdgeServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EdgeServer("");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:3000, 200",
    "LocalHost, 200",
    "a.localhost:1, 200",
    "127.0.0.1, 200",
    "192.168.1.7:3000, 200",
    "[::1]:3000, 200",
    "courier.example, 200",
    "Courier.Example:443, 200",
    "rebound.example:3000, 421",
    "127.0.0.1.rebound.example, 421",
    "localhost.rebound.example, 421",
    "xlocalhost, 421",
    "courier.example.rebound.example, 421",
  })
  void isAskedByItsOwnNamesOnly(String name, int status) throws Exception {
    String answer =
        server.sendRaw(
            "GET /things/1 HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(name),
            false);

    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    assertEquals(status == 421, answer.contains("http.hosts"), answer);
  }
}
