package courier.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.Json;
import courier.fixture.SteadySender;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  private static final String SEND = "client-a/send-message.camel.yaml";
  private static final String ONE_BY_ONE = "client-b/handle-one-by-one.camel.yaml";
  private static final String HANDLE = "client-b/handle-records.camel.yaml";
  private static final String RECEIVE = "client-b/receive-message.camel.yaml";
  private static final String HELLO =
      """
      - route:
          id: hello
          from:
            uri: platform-http:/hello
            steps:
              - setBody: {expression: {constant: {expression: hello}}}
      """;

  @TempDir private static Path folder;
  private static CourierOfThree courier;
  private static RoutesOnDisk routes;
  private static SteadySender sender;

  @BeforeAll
  static void start() throws IOException {
    courier = new CourierOfThree(folder);
    routes = new RoutesOnDisk(courier.process);
    sender = new SteadySender(courier.process, "ann", "zoe");
  }

  @AfterAll
  static void stop() {
    sender.close();
    courier.close();
  }

  @AfterEach
  void nothingIsRefusedLostOrOutOfOrder() throws Exception {
    routes.undo();
    assertEquals(List.of(), sender.refused());
    Map<String, List<Integer>> conversations = sender.awaitStored();
    for (String from : List.of("ann", "zoe")) {
      List<Integer> texts = conversations.get(from);
      assertEquals(texts.stream().sorted().distinct().toList(), texts, from);
    }
    assertEquals(0, Json.of(courier.clientB("/dead-letters")).size());
  }

  @Test
  void aFileThatCannotBeReadIsNamedAndItsRouteGoesOn() throws Exception {
    String started = courier.started("client-b", "receive-message");

    String from = "    from:\n";
    long before = CourierProcess.read(routes.file(RECEIVE)).split(from)[0].lines().count();
    routes.change(RECEIVE, from, "   from:\n", RECEIVE + ":" + (before + 1) + ":", "is not live");

    courier.assertStored("clientB");
    assertEquals(started, courier.started("client-b", "receive-message"));
  }

  @Test
  void aRouteThatCannotStartGivesWayToTheOneBefore() throws Exception {
    routes.change(
        RECEIVE, "direct:handle-one-by", "dirrect:handle-one-by", "is not live", "dirrect");
    courier.assertStored("clientB");

    routes.change(SEND, "kafka:{{", "kafkka:{{", "is not live", "kafkka");
    courier.assertStored("clientB");
  }

  @Test
  void aMisspeltErrorPolicyIsRefusedAndTheRouteGoesOn() throws Exception {
    String started = courier.started("client-b", "handle-one");

    routes.change(
        ONE_BY_ONE, "park-when-exhausted", "park-when-exausted", "write one of", "is not live");

    courier.assertStored("clientB");
    assertEquals(started, courier.started("client-b", "handle-one"));
  }

  @Test
  void aDangerousSaveIsRefusedAndTheRouteGoesOn() throws Exception {
    String started = courier.started("client-b", "receive-message");

    routes.change(
        RECEIVE,
        "autoCommitEnable: false",
        "autoCommitEnable: true",
        RECEIVE + ":",
        "write: autoCommitEnable: false",
        "is not live");

    courier.assertStored("clientB");
    assertEquals(started, courier.started("client-b", "receive-message"));
  }

  @Test
  void aFilterThatIsBrokenAndRepairedAndChangedIsLive() throws Exception {
    String filter = "\"${body[to]} in '{{client-b.name}}' || '*' in '{{client-b.name}}'\"";
    String wider = "\"${body[to]} == 'clientB' || ${body[to]} == 'clientC'\"";
    routes.change(HANDLE, filter, "\"${body[to] == \"", "is not live");
    routes.change(HANDLE, filter, wider, " is live");

    courier.assertStored("clientC");
    assertTrue(courier.attribute("client-b", "receive-message", "ExchangesTotal").asLong() > 0);

    routes.change(HANDLE, filter, filter, " is live");
    String other = courier.send("clientC");
    courier.assertStored("clientB");
    assertEquals(404, courier.clientB("/messages/" + other).statusCode());
  }

  @Test
  void aServiceWatchesItsOwnFolderOnly() throws Exception {
    String sends = courier.started("client-a", "send-message");
    String receives = courier.started("client-b", "receive-message");

    routes.change(SEND, "description: Takes", "description: Still takes", " is live");
    assertEquals(receives, courier.started("client-b", "receive-message"));
    String again = courier.started("client-a", "send-message");
    assertNotEquals(sends, again);

    routes.change(RECEIVE, "description: Handles", "description: Still handles", " is live");
    assertNotEquals(receives, courier.started("client-b", "receive-message"));
    assertEquals(again, courier.started("client-a", "send-message"));
  }

  @Test
  void aNewFileIsANewRouteAndItsIdMayChange() throws Exception {
    String file = "client-b/hello.camel.yaml";
    routes.save(file, HELLO, "hello.camel.yaml is live");
    assertEquals("hello", courier.page("/hello"));

    routes.save(file, HELLO.replace("id: hello", "id: hey").replace("/hello", "/hey"), " is live");
    assertEquals("hello", courier.page("/hey"));
    assertEquals(404, courier.clientB("/hello").statusCode());

    routes.save(
        "client-b/copy.camel.yaml",
        HELLO.replace("id: hello", "id: hey"),
        "has a route hey already");
    assertEquals("hello", courier.page("/hey"));
  }

  @Test
  void aBrokenFileDoesNotHoldUpTheOthers() throws Exception {
    routes.save("client-b/broken.camel.yaml", "- route:\n  x", "broken.camel.yaml:");
    routes.save(
        "client-b/unstartable.camel.yaml",
        HELLO.replace("hello", "un").replace("platform-http:", "none:"),
        "there is no component none:");
    routes.save(
        "client-b/good.camel.yaml", HELLO.replace("hello", "good"), "good.camel.yaml is live");

    assertEquals("good", courier.page("/good"));
    assertEquals(200, courier.process.get(courier.process.managementB() + "/health").statusCode());
  }

  @Test
  void aJavaRouteRunsAndIsLiveWhenSaved() throws Exception {
    assertEquals("one", courier.page("/echo"));

    routes.change("client-b/Echo.java", "one", "two", "Echo.java is live");
    assertEquals("two", courier.page("/echo"));

    routes.change(
        "client-b/Echo.java", "constant(\"one\")", "constant(1", "Echo.java:6:", "is not live");
    assertEquals("two", courier.page("/echo"));
  }

  @Test
  void aJavaRouteThatWasBuiltIsCompiledAndLiveWhenItIsEdited() throws Exception {
    String desk = "client-b/DeadLetterDesk.java";
    String words = "\"One dead letter, with its reason and bytes\"";
    routes.change(desk, words, "\"One of them\"", desk + " is live");
    assertEquals("One of them", courier.description("get-dead-letter"));

    routes.change(desk, words, "\"One of them", "DeadLetterDesk.java:", "is not live");
    assertEquals("One of them", courier.description("get-dead-letter"));
    assertEquals(404, courier.clientB("/dead-letters/none").statusCode());
  }

  @Test
  void aServiceOfSomebodysOwnAnswersErrorsAsTheOthersDo() throws Exception {
    HttpResponse<String> answer = courier.clientC("/first-page?limit=0");

    assertEquals(400, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElseThrow());
    assertEquals("limit", Json.read(answer.body()).at("/errors/0/field").textValue());
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

    routes.change("answer-with-error.camel.yaml", refuse, forbidden, RoutesOnDisk.IN_EACH);

    assertEquals(403, courier.process.send("{}").statusCode());
    assertEquals(403, courier.clientB("/messages?limit=0").statusCode());
    assertEquals(403, courier.clientC("/first-page?limit=0").statusCode());
  }

  /** Before any save, as what fails of a version on trial is told 503 too. */
  @Test
  @Order(1)
  void whatIsAnOutageIsLiveInTheFilesThatAskForIt() throws Exception {
    String policy = courier.started("client-b", "handle-one");
    assertEquals(500, courier.clientC("/out-of-order").statusCode());

    routes.change(
        "kinds-of-failure.camel.yaml", "0: outage", "0: outage,other", RoutesOnDisk.IN_EACH);

    assertEquals(503, courier.clientC("/out-of-order").statusCode());
    assertNotEquals(policy, courier.started("client-b", "handle-one"));
  }
}
