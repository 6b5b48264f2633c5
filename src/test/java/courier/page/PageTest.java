package courier.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.RouterServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final RouterServer SERVER = new RouterServer();
  private static int port;

  @BeforeAll
  static void start() {
    new Page(new PageSettings("clientB", 3000, null)).install(SERVER.router);
    SERVER.router.get("/messages").handler(context -> context.end("[]"));
    SERVER.router.get("/favicon.svg").handler(context -> context.end("a user's own"));
    port = SERVER.listen();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void servesThePageAtTheRootAndItsModulesAsScripts() throws Exception {
    HttpResponse<String> page = send("GET", "/");
    assertEquals(200, page.statusCode());
    assertEquals("text/html;charset=utf-8", page.headers().firstValue("content-type").get());
    assertTrue(page.body().contains("<title>Courier</title>"));
    HttpResponse<String> script = send("GET", "/socket.io.esm.min.js");
    assertEquals(
        "text/javascript;charset=utf-8", script.headers().firstValue("content-type").get());
    assertTrue(script.body().contains("Socket.IO v4.8.4"));
  }

  @Test
  void servesEachSourceFileAndWhatIsTakenFromOthers() throws IOException {
    Set<String> expected =
        new TreeSet<>(
            Set.of(
                "diff.min.js", "socket.io.esm.min.js", "swagger-ui-bundle.js", "swagger-ui.css"));
    try (Stream<Path> files = Files.list(Path.of("src/main/web"))) {
      expected.addAll(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("package"))
              .collect(Collectors.toSet()));
    }
    assertEquals(expected, new TreeSet<>(Page.FILES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../application.properties",
        "/%2e%2e%2fapplication.properties",
        "/..%5capplication.properties",
        "/courier.css/../../application.properties",
        "//application.properties",
        "/application.properties",
        "/pom.xml",
        "/package.json",
        "/courier/Courier.class",
        "/web/index.html",
        "/.env",
        "/nothing"
      })
  void servesNothingElse(String path) throws Exception {
    assertEquals(404, send("GET", path).statusCode());
  }

  @Test
  void allowsNoForeignScriptAndOnlyClientAToSendTo() throws Exception {
    HttpHeaders headers = send("GET", "/").headers();
    String policy = headers.firstValue("content-security-policy").get();
    assertTrue(policy.startsWith("default-src 'self'; connect-src 'self' ws: wss: *:3000; "));
    assertFalse(policy.contains("unsafe"));
    assertEquals("nosniff", headers.firstValue("x-content-type-options").get());
    assertEquals("no-referrer", headers.firstValue("referrer-policy").get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/"})
  void hasNoInlineScriptOrStyleThatItsPolicyForbids(String path) throws Exception {
    String page = send("GET", path).body();
    assertFalse(page.matches("(?s).*(<style|\\sstyle=|\\son[a-z]+=|<script>|https?://).*"));
  }

  @Test
  void answersHeadWithTheSameHeadersAndNoBody() throws Exception {
    Map<String, List<String>> get = send("GET", "/courier.js").headers().map();
    HttpResponse<String> head = send("HEAD", "/courier.js");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(get, head.headers().map());
  }

  @Test
  void answersInGzipToWhoTakesItWithATagOfItsOwn() throws Exception {
    HttpResponse<String> plain = send("GET", "/courier.css");
    HttpHeaders zipped = send("GET", "/courier.css", "Accept-Encoding", "br, gzip;q=0.5").headers();
    assertEquals("gzip", zipped.firstValue("content-encoding").get());
    assertEquals("accept-encoding", plain.headers().firstValue("vary").get());
    int length = Integer.parseInt(zipped.firstValue("content-length").get());
    assertTrue(length < plain.body().length() / 2, () -> length + " bytes");
    String tag = zipped.firstValue("etag").get();
    assertFalse(tag.equals(plain.headers().firstValue("etag").get()));
    assertEquals(200, send("GET", "/courier.css", "If-None-Match", tag).statusCode());
    assertEquals(
        304,
        send("GET", "/courier.css", "If-None-Match", tag, "Accept-Encoding", "gzip").statusCode());
    assertTrue(
        send("GET", "/courier.css", "Accept-Encoding", "gzip;q=0, br")
            .headers()
            .firstValue("content-encoding")
            .isEmpty());
  }

  @Test
  void answersNotModifiedToAMatchingEtag() throws Exception {
    HttpHeaders headers = send("GET", "/courier.css").headers();
    assertEquals("no-cache", headers.firstValue("cache-control").get());
    String etag = headers.firstValue("etag").get();
    assertEquals(304, send("GET", "/courier.css", "If-None-Match", etag).statusCode());
    assertEquals(200, send("GET", "/courier.css", "If-None-Match", "\"other\"").statusCode());
  }

  @Test
  void leavesOtherMethodsAndPathsToTheRouter() throws Exception {
    assertEquals(404, send("POST", "/nothing").statusCode());
    assertEquals(405, send("POST", "/messages").statusCode());
    assertEquals(405, send("DELETE", "/courier.css").statusCode());
    assertEquals("a user's own", send("GET", "/favicon.svg").body());
  }

  @Test
  void tellsThePageWhereToSend() throws Exception {
    assertEquals(
        new JsonObject()
            .put("clientId", "clientB")
            .put("names", new JsonArray().add("clientB"))
            .put("sendPort", 3000),
        new JsonObject(send("GET", "/page-settings.json").body()));
  }
}
