package courier.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.RouterServer;
import courier.identity.Endpoints;
import courier.identity.Endpoints.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents say what the route files do, and are served as they are. */
class ContractTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Set<String> OF_THEMSELVES = Set.of("/openapi.json", "/asyncapi.json");

  @TempDir private Path routes;
  private RouterServer server;
  private int port;

  /** As somebody who may edit the schemas. */
  private void serve() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path each : files.filter(file -> file.toString().endsWith(".schema.json")).toList()) {
        Path copy = routes.resolve(Path.of("routes").relativize(each));
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
    server = new RouterServer();
    new Contract("client-b", routes).install(server.router);
    port = server.listen();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private JsonNode served(String path) throws Exception {
    return new JsonMapper().readTree(send("GET", path).body());
  }

  private static ObjectNode document(String source) {
    return Bundle.of(source, Path.of("routes")).document();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-a", "client-b"})
  void everyRouteIsDescribedWithItsRoleAndNoOther(String service) throws IOException {
    Set<String> routes =
        new Endpoints(Path.of("routes", service))
            .all().stream().map(ContractTest::line).collect(Collectors.toCollection(TreeSet::new));
    Set<String> described = new TreeSet<>();
    ObjectNode document = document(service + ".yaml");
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        JsonNode security =
            operation.getValue().path("security").isMissingNode()
                ? document.get("security")
                : operation.getValue().get("security");
        String role = security.isEmpty() ? "anybody" : security.findPath("token").path(0).asText();
        if (!OF_THEMSELVES.contains(path.getKey())) {
          described.add(line(new Endpoint(method(operation.getKey()), path.getKey(), role)));
        }
      }
    }
    assertEquals(routes, described);
  }

  private static String method(String key) {
    return key.toUpperCase(Locale.ROOT);
  }

  private static String line(Endpoint endpoint) {
    return endpoint.method() + " " + endpoint.path() + " for " + endpoint.role();
  }

  @Test
  void noEventThatARouteTakesOrPushesIsLeftOut() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("routes/client-b"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher uri = Pattern.compile("uri: socketio:([\\w-]+)").matcher(Files.readString(file));
        while (uri.find()) {
          named.add(uri.group(1));
        }
      }
    }
    assertEquals(
        Set.of("send-message", "delivered", "read", "history", "newMessage", "messageStatus"),
        named);
    named.removeAll(document("asyncapi.yaml").at("/components/messages").findValuesAsText("name"));
    assertEquals(Set.of(), named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-a.yaml", "client-b.yaml", "asyncapi.yaml"})
  void theVersionIsThatOfTheBuild(String source) throws IOException {
    String version = document(source).at("/info/version").textValue();
    assertTrue(Files.readString(Path.of("pom.xml")).contains("<version>" + version + "</version>"));
  }

  @Test
  void areServedWithATagByWhichTheyAreNotSentAgain() throws Exception {
    serve();
    HttpResponse<String> answer = send("GET", "/openapi.json");
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals("3.1.0", served("/openapi.json").path("openapi").textValue());
    assertEquals("3.0.0", served("/asyncapi.json").path("asyncapi").textValue());
    String tag = answer.headers().firstValue("etag").orElseThrow();
    assertEquals(304, send("GET", "/openapi.json", "If-None-Match", tag).statusCode());
    assertEquals("", send("HEAD", "/openapi.json").body());
  }

  @Test
  void haveTheSchemasByWhichRequestsAreCheckedAsTheyAreNow() throws Exception {
    serve();
    String limit = "/components/schemas/TokenRevocation/properties/person/maxLength";
    assertEquals(128, served("/openapi.json").at(limit).asInt());
    Path schema = routes.resolve("client-b/token-revocation.schema.json");
    Files.writeString(schema, Files.readString(schema).replace("128", "64"));
    Files.setLastModifiedTime(schema, FileTime.fromMillis(1_000_000));

    assertEquals(64, served("/openapi.json").at(limit).asInt());
  }

  @Test
  void areServedAlsoWhenASchemaWasTakenAway() throws Exception {
    serve();
    Files.delete(routes.resolve("client-b/token-revocation.schema.json"));

    assertFalse(served("/openapi.json").at("/components/schemas/TokenRevocation").isMissingNode());
  }

  @Test
  void nobodyElsesServiceHasThem() throws Exception {
    try (RouterServer other = new RouterServer()) {
      new Contract("client-c", routes).install(other.router);
      assertEquals(0, other.router.getRoutes().size());
    }
  }
}
