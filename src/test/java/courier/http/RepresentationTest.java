package courier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form that the answers of routes have, whatever the routes know of it. */
class RepresentationTest {
  private static EdgeServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new EdgeServer("");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> ask(
      Version version, String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return ask(Version.HTTP_1_1, "GET", path, headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count | 2
          found | true
          at | "1970-01-01T00:00:00.000Z"
          id | "0123456789abcdef01234567"
          document | {"at":"1970-01-01T00:00:00.000Z","n":1}
          documents | [{"n":1},{"n":2}]
          none | []
          """)
  void whatIsNeitherTextNorBytesIsJson(String path, String json) throws Exception {
    HttpResponse<byte[]> answer = get("/values/" + path);
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", header(answer, "Content-Type"));
    assertEquals(json, new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aKindOfJsonThatTheRouteNamesStays() throws Exception {
    assertEquals("application/hal+json", header(get("/hal"), "Content-Type"));
  }

  @Test
  void textIsNoPage() throws Exception {
    assertEquals("text/plain; charset=utf-8", header(get("/things/1"), "Content-Type"));
  }

  /** As Camel makes headers of a query's parameters, and of those the answer's. */
  @ParameterizedTest
  @ValueSource(strings = {"/things/1", "/values/document", "/long", "/read/json", "/read/problem"})
  void aLinkSaysNoHeaderOfTheAnswer(String path) throws Exception {
    Map<String, List<String>> plain = new TreeMap<>(get(path).headers().map());

    String query =
        "?Location=http://x&Content-Type=text/html&set-cookie=a&set-cookie=b"
            + "&Access-Control-Allow-Origin=*&X-Other=1&Retry-After=9";
    assertEquals(plain, new TreeMap<>(get(path + query).headers().map()));
  }

  @Test
  void whatARouteSaysOtherwiseThanTheLinkStays() throws Exception {
    assertEquals("/things/1", header(get("/located?Location=http://x"), "Location"));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aHeadHasTheHeadersOfTheGetAndNoBody(Version version) throws Exception {
    for (String path : List.of("/things/1", "/long", "/missing", "/nowhere")) {
      HttpResponse<byte[]> head = ask(version, "HEAD", path);
      HttpResponse<byte[]> got = ask(version, "GET", path);
      assertEquals(got.statusCode(), head.statusCode(), path);
      assertEquals(0, head.body().length, path);
      Map<String, List<String>> headers = new TreeMap<>(got.headers().map());
      if (path.equals("/nowhere")) {
        headers.remove("content-length"); // of what no route answers
      }
      assertEquals(headers, new TreeMap<>(head.headers().map()), path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/things/1", "/long"})
  void whatTheClientHasIsNotSentAgain(String path) throws Exception {
    String tag = header(get(path), "etag");
    assertTrue(tag.startsWith("W/\""), tag);
    for (String coding : List.of("gzip", "identity")) {
      HttpResponse<byte[]> answer =
          get(path, "If-None-Match", "\"x\", " + tag, "Accept-Encoding", coding);
      assertEquals(304, answer.statusCode());
      assertEquals(0, answer.body().length);
      assertEquals(tag, header(answer, "etag"));
    }
    assertEquals(200, get(path, "If-None-Match", "\"x\"").statusCode());
    assertEquals("no-cache", header(get(path), "cache-control"));
  }

  @Test
  void whatIsLongIsInGzipForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> answer = get("/long", "Accept-Encoding", "gzip");
    assertEquals("gzip", header(answer, "content-encoding"));
    assertTrue(answer.headers().allValues("vary").contains("accept-encoding"));
    assertTrue(answer.body().length < EdgeServer.LONG.length() / 4);
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertEquals(EdgeServer.LONG, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals("none", header(get("/things/1", "Accept-Encoding", "gzip"), "content-encoding"));
    assertEquals("none", header(get("/long"), "content-encoding"));
  }

  @Test
  void theSizeOfWhatIsInGzipTellsLittle() throws Exception {
    Set<Integer> sizes = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      sizes.add(get("/long", "Accept-Encoding", "gzip").body().length);
    }
    assertTrue(sizes.size() > 5, sizes::toString);
  }

  @Test
  void aRefusalHasNoTag() throws Exception {
    HttpResponse<byte[]> answer = get("/missing");
    assertEquals(404, answer.statusCode());
    assertEquals("none", header(answer, "etag"));
    assertFalse(header(answer, "cache-control").contains("no-cache"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /read/json",
    "POST, /read/json",
    "GET, /read/piece",
    "GET, /read/problem",
    "POST, /read/problem"
  })
  void whatAStepHasReadIsSentAllTheSame(String method, String path) throws Exception {
    HttpResponse<byte[]> answer = ask(Version.HTTP_1_1, method, path);
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertTrue(body.contains(EdgeServer.LONG), body);
    assertEquals(String.valueOf(answer.body().length), header(answer, "content-length"));
  }
}
