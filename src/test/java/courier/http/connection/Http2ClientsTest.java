package courier.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As client libraries speak it. */
class Http2ClientsTest {
  private static final HttpLimits LIMITS = new HttpLimits(60_000, 60_000, 60_000, 100, 100);
  private static final String UPGRADE =
      "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";

  @RegisterExtension private final WatchedServer server = new WatchedServer();

  @BeforeEach
  void start() {
    serve("", true);
  }

  private void serve(String trusted, boolean http2) {
    server.serve(LIMITS, new ClientAddress(trusted), http2, Http2ClientsTest::echo);
  }

  private static void echo(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> request.response().end(request.method() + " " + body.length()));
  }

  @ParameterizedTest
  @CsvSource({"0, HTTP_2", "300, HTTP_2", "65535, HTTP_2", "65536, HTTP_1_1"})
  void changesToHttp2WithABodyThatIsNotLong(int size, Version version) throws Exception {
    HttpResponse<String> answer = post(HttpClient.newHttpClient(), size);
    assertEquals("POST " + size, answer.body());
    assertEquals(version, answer.version());
  }

  @Test
  void answersAllThatAClientAsksAfterItHasChanged() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    post(client, 10);
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 20)
            .mapToObj(i -> client.sendAsync(request(10_000 * i), BodyHandlers.ofString()))
            .toList();
    for (int i = 0; i < answers.size(); i++) {
      HttpResponse<String> answer = answers.get(i).get();
      assertEquals("POST " + 10_000 * i, answer.body());
      assertEquals(Version.HTTP_2, answer.version());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void answersAClientOfVertx(boolean upgrade) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(io.vertx.core.http.HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(upgrade);
    Buffer answer =
        server
            .vertx()
            .createHttpClient(options)
            .request(HttpMethod.PUT, server.port(), "127.0.0.1", "/")
            .compose(request -> send(request).compose(HttpClientResponse::body))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    assertEquals("PUT 2", answer.toString());
  }

  private static io.vertx.core.Future<HttpClientResponse> send(HttpClientRequest request) {
    return request.send("{}");
  }

  @Test
  void changesByAnyHeaderThatAsksForIt() throws Exception {
    assertEquals("HTTP/1.1 101 Switching Protocols", firstLine(UPGRADE, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: h2c\r\n",
        "Connection: Upgrade\r\nUpgrade: h2c\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAL_____\r\n",
        UPGRADE + "HTTP2-Settings: AAMAAABk\r\n",
        UPGRADE + "Expect: something\r\n",
        UPGRADE + "Transfer-Encoding: chunked\r\n",
      })
  void staysWithHttp1WhenItCannotBeChanged(String headers) throws Exception {
    String body = headers.contains("chunked") ? "0\r\n\r\n" : "";
    assertEquals("HTTP/1.1 200 OK", firstLine(headers, body));
  }

  /** A tunnel of whose requests it knows nothing, in its name. */
  @Test
  void staysWithHttp1WhenAProxyPassesTheHeaderOn() throws Exception {
    server.stop();
    serve("127.0.0.1", true);
    assertEquals("HTTP/1.1 200 OK", firstLine(UPGRADE, ""));
  }

  @Test
  void staysWithHttp1WhereItIsNotSpoken() throws Exception {
    server.stop();
    serve("", false);
    HttpResponse<String> answer = post(HttpClient.newHttpClient(), 10);
    assertEquals(Version.HTTP_1_1, answer.version());
    try (Http2Peer client = new Http2Peer(server.port())) {
      client.get(1, "/");
      assertTrue(client.readToTheEnd().stream().noneMatch(frame -> frame.stream() == 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P", "PRI", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r"})
  void takesWordsThatComeInPieces(String first) throws Exception {
    String whole = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      client.setTcpNoDelay(true);
      client.setSoTimeout(20_000);
      client.getOutputStream().write(first.getBytes(ISO_8859_1));
      post(HttpClient.newHttpClient(), 0); // until then it has been read
      client.getOutputStream().write(whole.substring(first.length()).getBytes(ISO_8859_1));
      byte[] head = client.getInputStream().readNBytes(9);
      assertEquals(4, head[3], "a SETTINGS frame");
    }
  }

  private HttpResponse<String> post(HttpClient client, int size) throws Exception {
    return client.send(request(size), BodyHandlers.ofString());
  }

  private HttpRequest request(int size) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
        .POST(BodyPublishers.ofByteArray(new byte[size]))
        .build();
  }

  private String firstLine(String headers, String body) throws Exception {
    try (Socket client = new Socket("127.0.0.1", server.port())) {
      client.setSoTimeout(20_000);
      String request = "POST / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n" + body;
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      var answer = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      return answer.readLine();
    }
  }
}
