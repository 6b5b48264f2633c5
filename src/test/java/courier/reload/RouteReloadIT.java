package courier.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import courier.fixture.SteadySender;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Route files saved while messages flow. */
@TestMethodOrder(OrderAnnotation.class)
class RouteReloadIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SEND = "client-a/send-message.camel.yaml";
  private static final String ONE_BY_ONE = "client-b/handle-one-by-one.camel.yaml";
  private static final String HANDLE = "client-b/handle-records.camel.yaml";
  private static final String RECEIVE = "client-b/receive-message.camel.yaml";
  private static final String[] IN_EACH = {
    " is live in client-a", " is live in client-b", " is live in client-c"
  };
  private static final String ECHO =
      """
      import org.apache.camel.builder.RouteBuilder;

      public class Echo extends RouteBuilder {
        @Override
        public void configure() {
          from("platform-http:/echo").routeId("echo").setBody(constant("one"));
        }
      }
      """;
  private static final String HELLO =
      """
      - route:
          id: hello
          from:
            uri: platform-http:/hello
            steps:
              - setBody: {expression: {constant: {expression: hello}}}
      """;

  private static final String FIRST_PAGE =
      """
      - beans:
          - name: pages
            type: courier.mongodb.Pages
            constructors:
              0: "_id"
              1: "#bean:long-answers"
      - route:
          id: first-page
          routeConfigurationId: answer-with-error
          from:
            uri: platform-http:/first-page
            steps:
              - bean:
                  ref: pages
                  method: query
              - to:
                  uri: mongodb:mongo
                  parameters:
                    database: "{{mongodb.database}}"
                    collection: messages
                    operation: findAll
      - route:
          id: out-of-order
          routeConfigurationId: answer-with-error
          from:
            uri: platform-http:/out-of-order
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: ours
      """;

  @TempDir private static Path folder;
  private static int clientC;
  private static CourierProcess courier;
  private static SteadySender sender;
  private final Map<Path, String> before = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    courier = new CourierProcess(folder);
    Files.writeString(folder.resolve("routes/client-b/Echo.java"), ECHO);
    Files.createDirectory(folder.resolve("routes/client-c"));
    Files.writeString(file("client-c/first-page.camel.yaml"), FIRST_PAGE);
    clientC = FreePort.next();
    courier.with("CLIENT_C_HTTP_PORT", String.valueOf(clientC));
    courier.with("CLIENT_C_MANAGEMENT_PORT", String.valueOf(FreePort.next()));
    courier.start();
    sender = new SteadySender(courier, "ann", "zoe");
  }

  @AfterAll
  static void stop() {
    sender.close();
    courier.close();
  }

  @AfterEach
  void nothingIsRefusedLostOrOutOfOrder() throws Exception {
    for (Path file : before.keySet()) {
      save(file, before.get(file), live(file));
    }
    assertEquals(List.of(), sender.refused());
    Set<String> accepted = new HashSet<>(sender.accepted());
    Map<String, List<Integer>> conversations = new HashMap<>();
    await()
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              Set<String> missing = new HashSet<>(accepted);
              conversations.clear();
              for (JsonNode message : JSON.readTree(courier.get(messages()).body())) {
                missing.remove(message.path("_id").textValue());
                conversations
                    .computeIfAbsent(message.path("from").textValue(), from -> new ArrayList<>())
                    .add(0, message.path("message").asInt());
              }
              assertEquals(Set.of(), missing);
            });
    for (String from : List.of("ann", "zoe")) {
      List<Integer> texts = conversations.get(from);
      assertEquals(texts.stream().sorted().distinct().toList(), texts, from);
    }
    assertEquals(0, JSON.readTree(courier.get(courier.clientB() + "/dead-letters").body()).size());
  }

  @Test
  void aFileThatCannotBeReadIsNamedAndItsRouteGoesOn() throws Exception {
    String started = started("client-b", "receive-message");

    String from = "    from:\n";
    long before = CourierProcess.read(file(RECEIVE)).split(from)[0].lines().count();
    change(RECEIVE, from, "   from:\n", RECEIVE + ":" + (before + 1) + ":", "is not live");

    assertStored("clientB");
    assertEquals(started, started("client-b", "receive-message"));
  }

  @Test
  void aRouteThatCannotStartGivesWayToTheOneBefore() throws Exception {
    change(RECEIVE, "direct:handle-one-by", "dirrect:handle-one-by", "is not live", "dirrect");
    assertStored("clientB");

    change(SEND, "kafka:{{", "kafkka:{{", "is not live", "kafkka");
    assertStored("clientB");
  }

  @Test
  void aMisspeltErrorPolicyIsRefusedAndTheRouteGoesOn() throws Exception {
    String started = started("client-b", "handle-one");

    change(ONE_BY_ONE, "park-when-exhausted", "park-when-exausted", "write one of", "is not live");

    assertStored("clientB");
    assertEquals(started, started("client-b", "handle-one"));
  }

  @Test
  void aDangerousSaveIsRefusedAndTheRouteGoesOn() throws Exception {
    String started = started("client-b", "receive-message");

    change(
        RECEIVE,
        "autoCommitEnable: false",
        "autoCommitEnable: true",
        RECEIVE + ":",
        "write: autoCommitEnable: false",
        "is not live");

    assertStored("clientB");
    assertEquals(started, started("client-b", "receive-message"));
  }

  @Test
  void aFilterThatIsBrokenAndRepairedAndChangedIsLive() throws Exception {
    String filter = "\"${body[to]} in '{{client-b.name}}' || '*' in '{{client-b.name}}'\"";
    String wider = "\"${body[to]} == 'clientB' || ${body[to]} == 'clientC'\"";
    change(HANDLE, filter, "\"${body[to] == \"", "is not live");
    change(HANDLE, filter, wider, " is live");

    assertStored("clientC");
    assertTrue(number("client-b", "receive-message", "ExchangesTotal") > 0);

    change(HANDLE, filter, filter, " is live");
    String other = send("clientC");
    assertStored("clientB");
    assertEquals(404, courier.get(messages() + "/" + other).statusCode());
  }

  @Test
  void aServiceWatchesItsOwnFolderOnly() throws Exception {
    String sends = started("client-a", "send-message");
    String receives = started("client-b", "receive-message");

    change(SEND, "description: Takes", "description: Still takes", " is live");
    assertEquals(receives, started("client-b", "receive-message"));
    String again = started("client-a", "send-message");
    assertNotEquals(sends, again);

    change(RECEIVE, "description: Handles", "description: Still handles", " is live");
    assertNotEquals(receives, started("client-b", "receive-message"));
    assertEquals(again, started("client-a", "send-message"));
  }

  @Test
  void aNewFileIsANewRouteAndItsIdMayChange() throws Exception {
    Path file = file("client-b/hello.camel.yaml");
    save(file, HELLO, "hello.camel.yaml is live");
    assertEquals("hello", page("/hello"));

    save(file, HELLO.replace("id: hello", "id: hey").replace("/hello", "/hey"), " is live");
    assertEquals("hello", page("/hey"));
    assertEquals(404, courier.get(courier.clientB() + "/hello").statusCode());

    save(
        file("client-b/copy.camel.yaml"),
        HELLO.replace("id: hello", "id: hey"),
        "has a route hey already");
    assertEquals("hello", page("/hey"));
  }

  @Test
  void aBrokenFileDoesNotHoldUpTheOthers() throws Exception {
    save(file("client-b/broken.camel.yaml"), "- route:\n  x", "broken.camel.yaml:");
    save(
        file("client-b/unstartable.camel.yaml"),
        HELLO.replace("hello", "un").replace("platform-http:", "none:"),
        "there is no component none:");
    save(
        file("client-b/good.camel.yaml"),
        HELLO.replace("hello", "good"),
        "good.camel.yaml is live");

    assertEquals("good", page("/good"));
    assertEquals(200, courier.get(courier.managementB() + "/health").statusCode());
  }

  @Test
  void aJavaRouteRunsAndIsLiveWhenSaved() throws Exception {
    assertEquals("one", page("/echo"));

    change("client-b/Echo.java", "one", "two", "Echo.java is live");
    assertEquals("two", page("/echo"));

    change("client-b/Echo.java", "constant(\"one\")", "constant(1", "Echo.java:6:", "is not live");
    assertEquals("two", page("/echo"));
  }

  @Test
  void aJavaRouteThatWasBuiltIsCompiledAndLiveWhenItIsEdited() throws Exception {
    String desk = "client-b/DeadLetterDesk.java";
    String words = "\"One dead letter, with its reason and bytes\"";
    change(desk, words, "\"One of them\"", desk + " is live");
    assertEquals("One of them", description("get-dead-letter"));

    change(desk, words, "\"One of them", "DeadLetterDesk.java:", "is not live");
    assertEquals("One of them", description("get-dead-letter"));
    assertEquals(404, courier.get(courier.clientB() + "/dead-letters/none").statusCode());
  }

  private static String description(String route) throws IOException {
    return attribute("client-b", route, "Description").asText();
  }

  @Test
  void aServiceOfSomebodysOwnAnswersErrorsAsTheOthersDo() throws Exception {
    HttpResponse<String> answer = courier.get(clientC() + "?limit=0");

    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals("limit", JSON.readTree(answer.body()).at("/errors/0/field").textValue());
  }

  @Test
  void aSavedPolicyOfAllIsLiveInEachServiceInTheRoutesThatNameIt() throws Exception {
    String refuse = "                method: refuse\n";
    String forbidden =
        refuse
            + """
                          - setHeader:
                              name: CamelHttpResponseCode
                              expression:
                                constant:
                                  expression: "403"
              """;

    change("answer-with-error.camel.yaml", refuse, forbidden, IN_EACH);

    assertEquals(403, courier.send("{}").statusCode());
    assertEquals(403, courier.get(messages() + "?limit=0").statusCode());
    assertEquals(403, courier.get(clientC() + "?limit=0").statusCode());
  }

  /** Before any save, as what fails of a version on trial is told 503 too. */
  @Test
  @Order(1)
  void whatIsAnOutageIsLiveInTheFilesThatAskForIt() throws Exception {
    String page = clientC().replace("first-page", "out-of-order");
    String policy = started("client-b", "handle-one");
    assertEquals(500, courier.get(page).statusCode());

    change("kinds-of-failure.camel.yaml", "0: outage", "0: outage,other", IN_EACH);

    assertEquals(503, courier.get(page).statusCode());
    assertNotEquals(policy, started("client-b", "handle-one"));
  }

  private static String clientC() {
    return "http://localhost:" + clientC + "/first-page";
  }

  /** What the log says when a file is live in each service that it is of. */
  private static String[] live(Path file) {
    return file.getParent().equals(file("")) ? IN_EACH : new String[] {" is live"};
  }

  private static String page(String path) {
    return courier.get(courier.clientB() + path).body();
  }

  private static String messages() {
    return courier.clientB() + "/messages";
  }

  private static Path file(String path) {
    return folder.resolve("routes").resolve(path);
  }

  /** Saves a file with a change, and waits until the log has these words; undone after the test. */
  private void change(String path, String from, String to, String... words) throws IOException {
    Path file = file(path);
    before.computeIfAbsent(file, CourierProcess::read);
    String text = before.get(file);
    assertTrue(text.contains(from), from);
    save(file, text.replace(from, to), words);
  }

  private static void save(Path file, String text, String... words) throws IOException {
    Path log = folder.resolve("courier-0.log");
    int logged = CourierProcess.read(log).length();
    Files.writeString(file, text);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              String news = CourierProcess.read(log).substring(logged);
              for (String word : words) {
                assertTrue(news.contains(word), word + " in " + news);
              }
            });
  }

  private static void assertStored(String to) throws IOException {
    String id = send(to);
    await().until(() -> courier.get(messages() + "/" + id).statusCode() == 200);
  }

  private static String send(String to) throws IOException {
    String id = UUID.randomUUID().toString();
    String body = "{\"id\":\"%s\",\"from\":\"eve\",\"to\":\"%s\",\"message\":\"m\"}";
    assertEquals(202, courier.send(body.formatted(id, to)).statusCode());
    return id;
  }

  private static String started(String service, String route) throws IOException {
    return attribute(service, route, "StartTimestamp").asText();
  }

  private static long number(String service, String route, String attribute) throws IOException {
    return attribute(service, route, attribute).asLong();
  }

  private static JsonNode attribute(String service, String route, String name) throws IOException {
    String management = service.equals("client-a") ? courier.managementA() : courier.managementB();
    String bean =
        "org.apache.camel:context=%s,type=routes,name=%%22%s%%22".formatted(service, route);
    JsonNode answer =
        JSON.readTree(courier.get(management + "/jolokia/read/" + bean + "/" + name).body());
    assertEquals(200, answer.path("status").asInt(), answer.toString());
    return answer.path("value");
  }
}
