package courier.http;

import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;
import static io.netty.handler.codec.http2.Http2FrameTypes.HEADERS;
import static io.netty.handler.codec.http2.Http2FrameTypes.RST_STREAM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.http.connection.Http2Peer;
import io.netty.handler.codec.http2.Http2Error;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {
  private static final String POST =
      "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final Warnings WARNINGS = new Warnings();
  private static EdgeServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EdgeServer("*");
    WARNINGS.listen();
  }

  @AfterAll
  static void stopAndSeeThatNoneOfThisLeftALineInTheLog() {
    server.close();
    assertEquals(List.of(), WARNINGS.hush());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /nowhere,  ,                         404, check its path",
    "GET,    /things,   ,                         405, Send this with POST",
    "PUT,    /things,   application/json,         405, Send this with POST",
    "DELETE, /things/1, ,                         405, Send this with GET",
    "POST,   /things,   text/plain,               415, Content-Type: application/json",
    "POST,   /things,   application/problem+json, 415, Content-Type: application/json",
    "POST,   /things,   application/x-www-form-urlencoded, 415, Content-Type: application/json",
    "POST,   /things,   */*,                      415, Content-Type: application/json",
    "POST,   /things,   ,                         415, Content-Type: application/json",
  })
  void explainsWhatNoRouteTakes(String method, String path, String type, int status, String detail)
      throws Exception {
    HttpRequest.Builder request =
        server.request(path).method(method, BodyPublishers.ofString("{}"));
    if (type != null) {
      request.header("Content-Type", type);
    }

    HttpResponse<String> answer = server.send(request);

    assertEquals(status, answer.statusCode());
    assertEquals(Optional.of(Problem.CONTENT_TYPE), answer.headers().firstValue("content-type"));
    JsonNode problem = new JsonMapper().readTree(answer.body());
    assertEquals(status, problem.path("status").intValue());
    assertEquals("about:blank", problem.path("type").textValue());
    assertTrue(problem.path("detail").textValue().contains(detail), problem::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/Json",
        "application/json; charset=utf-8",
        "application/json;charset=\"bogus\"",
      })
  void takesJsonHoweverItIsSpelt(String type) throws Exception {
    HttpRequest.Builder request = server.request("/things").POST(BodyPublishers.ofString("{}"));

    assertEquals("made", server.send(request.header("Content-Type", type)).body());
  }

  @Test
  void takesNoCompressedBody() throws Exception {
    HttpRequest.Builder request =
        server
            .request("/things")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b}));

    HttpResponse<String> answer = server.send(request);

    assertEquals(415, answer.statusCode());
    assertTrue(answer.body().contains("not compressed"), answer::body);
    assertEquals(Optional.of("identity"), answer.headers().firstValue("accept-encoding"));
  }

  @ParameterizedTest
  @CsvSource({"/things, POST", "/things/, POST", "/things/1, 'GET, HEAD'"})
  void namesTheMethodsThatAreAllowed(String path, String allow) throws Exception {
    HttpResponse<String> refused = server.send(server.request(path).DELETE());
    HttpResponse<String> options =
        server.send(server.request(path).method("OPTIONS", BodyPublishers.noBody()));

    assertEquals(Optional.of(allow), refused.headers().firstValue("allow"));
    assertEquals(Optional.of(allow), options.headers().firstValue("allow"));
    assertEquals(204, options.statusCode());
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> answer =
        server.send(server.request("/nowhere").method("HEAD", BodyPublishers.noBody()));

    assertEquals(404, answer.statusCode());
    assertEquals("", answer.body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesALongBodyBeforeItIsAllThere(boolean chunked) throws Exception {
    // More than the limit by its announced length, of which no byte is sent, or in endless chunks.
    String chunk = "1f5\r\n" + " ".repeat(501) + "\r\n";
    String body =
        chunked
            ? "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk
            : "Content-Length: " + (EdgeServer.MAX_BODY + 1) + "\r\n\r\n";

    String answer = server.sendRaw(POST + body, false);

    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    assertTrue(
        answer.contains("connection: close\r\ncontent-type: application/problem+json"), answer);
    assertTrue(answer.contains("longer than 1000 bytes"), answer);
  }

  @Test
  void refusesALongBodyByHttp2AndNothingElse() throws Exception {
    try (Http2Peer client = new Http2Peer(server.port())) {
      String[] json = {"content-type", "application/json"};
      client.head(1, Http2Peer.HEAD_ONLY, "POST", "/things", json);
      client.head(3, Http2Peer.HEAD_ONLY, "POST", "/things", json);
      client.send(DATA, 0, 3, new byte[EdgeServer.MAX_BODY + 1]);
      assertEquals(HEADERS, client.await(HEADERS, 3).type());
      assertEquals(Http2Error.NO_ERROR.code(), client.await(RST_STREAM, 3).error());
      client.send(DATA, 1, 1, "{}".getBytes(UTF_8));
      assertEquals("made", new String(client.await(DATA, 1).payload(), UTF_8));
    }
  }

  @Test
  void explainsAMalformedAddress() throws Exception {
    String answer =
        server.sendRaw("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", false);

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("check its address"), answer);
  }

  @Test
  void goesOnWhenAClientGoesAwayWhileItSends() throws Exception {
    assertEquals("", server.sendRaw(POST + "Content-Length: 100\r\n\r\n{", true));
    assertEquals("one", server.send(server.request("/things/1")).body());
  }
}
