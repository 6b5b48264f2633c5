package courier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String MINE = "https://mine.example";
  private static EdgeServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EdgeServer(" https://yours.example , " + MINE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersAPreflight() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/things")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", MINE)
                .header("Access-Control-Request-Method", "POST"));

    assertEquals(204, answer.statusCode());
    assertEquals(List.of(MINE), values(answer, "access-control-allow-origin"));
    assertEquals(
        List.of("DELETE", "GET", "OPTIONS", "POST"),
        values(answer, "access-control-allow-methods"));
    assertEquals(
        List.of("authorization", "content-type", "idempotency-key", "if-none-match"),
        values(answer, "access-control-allow-headers"));
    assertEquals(List.of(), values(answer, "access-control-allow-credentials"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/things/1", "/nowhere"})
  void sharesAnswersAndRefusalsWithItsOrigins(String path) throws Exception {
    HttpResponse<String> answer = get(path, MINE);

    assertEquals(List.of(MINE), values(answer, "access-control-allow-origin"));
    assertEquals(
        List.of("etag", "link", "location", "retry-after", "www-authenticate"),
        values(answer, "access-control-expose-headers"));
  }

  @Test
  void refusesOtherOriginsButNotItsOwnPages() throws Exception {
    HttpResponse<String> refused = get("/things/1", "https://other.example");

    assertEquals(403, refused.statusCode());
    assertEquals(List.of(Problem.CONTENT_TYPE), values(refused, "content-type"));
    assertEquals(200, get("/things/1", "http://127.0.0.1:" + server.port()).statusCode());
  }

  @Test
  void refusesOtherOriginsAlsoSocketIo() throws Exception {
    assertEquals(403, get("/socket.io/", "https://other.example").statusCode());
  }

  @Test
  void sharesWithAnyOriginByAnAsterisk() throws Exception {
    try (EdgeServer open = new EdgeServer("*")) {
      HttpResponse<String> answer = open.send(open.request("/things/1").header("Origin", "null"));

      assertEquals(List.of("*"), values(answer, "access-control-allow-origin"));
      assertEquals(List.of(), values(answer, "access-control-allow-credentials"));
    }
  }

  @Test
  void sharesWithCouriersPageIfNoneIsListed() throws Exception {
    try (EdgeServer own = new EdgeServer("")) {
      String page = "http://127.0.0.1:" + EdgeServer.PAGE;
      HttpResponse<String> answer = own.send(own.request("/things/1").header("Origin", page));

      assertEquals(200, answer.statusCode());
      assertEquals(List.of(page), values(answer, "access-control-allow-origin"));
      for (String other :
          new String[] {
            "http://localhost:" + EdgeServer.PAGE,
            "http://127.0.0.1:1",
            "http://127.0.0.1",
            "http://127.0.0.1.example:" + EdgeServer.PAGE,
            "null",
            "%"
          }) {
        answer = own.send(own.request("/things/1").header("Origin", other));
        assertEquals(403, answer.statusCode(), other);
        assertEquals(List.of(), values(answer, "access-control-allow-origin"), other);
      }
      assertEquals(200, own.send(own.request("/things/1")).statusCode());
    }
  }

  /** A page in clear text may be anybody's who is on the way. */
  @Test
  void sharesByTlsWithPagesOfHttpsAlone() throws Exception {
    try (EdgeServer secured = new EdgeServer("", true)) {
      for (int port : new int[] {EdgeServer.PAGE, secured.port()}) {
        String page = "://127.0.0.1:" + port;
        for (String scheme : new String[] {"https", "http"}) {
          HttpResponse<String> answer =
              secured.send(secured.request("/things/1").header("Origin", scheme + page));
          assertEquals(scheme.equals("https") ? 200 : 403, answer.statusCode(), scheme + page);
        }
      }
    }
  }

  private static HttpResponse<String> get(String path, String origin) throws Exception {
    return server.send(server.request(path).header("Origin", origin));
  }

  private static List<String> values(HttpResponse<String> answer, String header) {
    return answer.headers().allValues(header).stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .sorted()
        .toList();
  }
}
