package courier.reload.diagram;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.reload.save.RouteServiceFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDiagramTest {
  private static final String NAME = "hello.camel.yaml";
  private static final String HELLO =
      """
      - route:
          id: hello
          description: Greets
          from:
            uri: direct:hello
            steps:
              - choice:
                  id: known
                  when:
                    - expression: {simple: {expression: "${body} == 'bad'"}}
                      steps:
                        - throwException: {id: refuse, exceptionType: java.lang.IllegalStateException, message: bad}
                  otherwise:
                    steps:
                      - to: {id: pass, uri: direct:next}
              - filter:
                  id: never
                  expression: {constant: {expression: "false"}}
                  steps:
                    - to: {id: tell, uri: "https://user:secret@hooks.example.org/secret?key=secret"}
      - route:
          id: next
          from:
            uri: direct:next
            steps:
              - setBody: {id: say, expression: {constant: {expression: hi}}}
      """;

  @TempDir private Path routes;
  private final RouteDiagram diagram = new RouteDiagram();
  private RouteServiceFixture service;

  @BeforeEach
  void start() throws Exception {
    service = new RouteServiceFixture(routes, Map.of(NAME, HELLO));
    diagram.setCamelContext(service.context);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonNode route(String id) {
    for (JsonNode each : diagram.draw(null).get("routes")) {
      if (each.get("id").textValue().equals(id)) {
        return each;
      }
    }
    throw new AssertionError(id);
  }

  @Test
  void drawsStepsInTheirOrderWithBranchesAndWhereTheyLead() {
    JsonNode hello = route("hello");

    assertEquals("direct:hello", hello.get("from").textValue());
    assertEquals("Greets", hello.get("description").textValue());
    assertEquals(NAME, hello.get("file").textValue());
    assertEquals("Started", hello.get("state").textValue());
    JsonNode choice = hello.at("/steps/0");
    assertEquals("choice", choice.get("kind").textValue());
    assertEquals("when", choice.at("/steps/0/kind").textValue());
    assertEquals("${body} == 'bad'", choice.at("/steps/0/text").textValue());
    assertEquals("otherwise", choice.at("/steps/1/kind").textValue());
    assertEquals("next", choice.at("/steps/1/steps/0/to/0").textValue());
    assertEquals("filter", hello.at("/steps/1/kind").textValue());
  }

  @Test
  void countsWhatGoesThroughEachStep() {
    service.ask("hello");
    service.ask("hello");
    assertEquals(2, route("hello").get("total").longValue());
    assertEquals(0, route("hello").get("failed").longValue());
    assertEquals(2, route("hello").at("/steps/0/steps/1/steps/0/total").longValue());
    assertEquals(0, route("hello").at("/steps/1/steps/0/total").longValue());
    assertEquals(2, route("next").at("/steps/0/total").longValue());
  }

  @Test
  void countsWhatFails() {
    service
        .context
        .createProducerTemplate()
        .send("direct:hello", exchange -> exchange.getMessage().setBody("bad"));
    assertEquals(1, route("hello").get("failed").longValue());
    assertEquals(0, route("hello").get("inflight").longValue());
    assertEquals(1, route("hello").at("/steps/0/steps/0/steps/0/failed").longValue());
    assertEquals(0, route("next").get("total").longValue());
  }

  @Test
  void showsNoSecretOfAnAddress() {
    JsonNode hello = route("hello");

    assertFalse(hello.toString().contains("secret"), hello::toString);
    assertTrue(hello.toString().contains("https://hooks.example.org"), hello::toString);
    assertEquals("kafka:{{topic}}", StepText.address("kafka:{{topic}}?saslJaasConfig=secret"));
    assertEquals("https:hooks.org", StepText.address("https:hooks.org/secret"));
    assertEquals("mongodb://db", StepText.address("mongodb://user:secret@db"));
    assertEquals("POST /a/{id}", StepText.address("platform-http:/a/{id}?httpMethodRestrict=POST"));
  }

  @Test
  void drawsWhatRunsOnceAFileIsSavedAnew() throws Exception {
    service.save(NAME, HELLO.replace("id: say,", "id: greet,").replace("direct:next}", "log:x}"));

    assertEquals("greet", route("next").at("/steps/0/id").textValue());
    assertTrue(route("hello").at("/steps/0/steps/1/steps/0/to").isMissingNode());
    service.ask("next");
    assertEquals(1, route("next").at("/steps/0/total").longValue());
  }

  @Test
  void countsStepsFromWhenSomebodyLooks() throws Exception {
    new Traffic(service.context).count("say", false);
    service.ask("next");
    assertTrue(route("next").at("/steps/0/total").isMissingNode());
    assertEquals(1, route("next").get("total").longValue());

    diagram.draw("next");
    service.ask("next");
    assertTrue(route("next").at("/steps/0/total").longValue() > 0);
  }

  @Test
  void whoLooksIsToldOfOnceNobodyDoesAnyMore() {
    Queue<String> left = new ConcurrentLinkedQueue<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      Lookers lookers = new Lookers(timer, Duration.ofMillis(10), left::add);
      lookers.look("hello");
      lookers.look("hello");
      await().until(() -> List.copyOf(left).equals(List.of("hello")));
      lookers.look("hello");
      await().until(() -> left.size() == 2);
    } finally {
      timer.shutdownNow();
    }
  }
}
