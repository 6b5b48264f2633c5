package courier.metrics;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a line would say that a step of a route logs, and one after it. */
class LoggedUnitOfWorkTest {
  private final CamelContext context = new DefaultCamelContext();
  private final List<String> said = new ArrayList<>();
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  /** Of what tests without it have left on this thread. */
  @BeforeEach
  void clear() {
    MDC.clear();
  }

  @AfterEach
  void stop() {
    context.stop();
    MDC.clear();
  }

  private void run(LambdaRouteBuilder routes) throws Exception {
    context.getCamelContextExtension().setName("service");
    context
        .getCamelContextExtension()
        .addContextPlugin(UnitOfWorkFactory.class, LoggedUnitOfWork.factory(context));
    RouteBuilder.addRoutes(context, routes);
    context.start();
    try (ProducerTemplate template = context.createProducerTemplate()) {
      template.requestBody("direct:outer", List.of("m1", "m2"));
    }
  }

  private void say(String step) {
    threads.put(step, Thread.currentThread());
    said.add(
        Stream.of(step, MDC.get("camel.contextId"), MDC.get("camel.routeId"), MDC.get("message"))
            .map(String::valueOf)
            .collect(joining(" ")));
  }

  @Test
  void isOfTheRouteThatAStepIsInAndTheMessageUntilItIsDone() throws Exception {
    run(
        routes -> {
          routes
              .from("direct:outer")
              .routeId("outer")
              .process(exchange -> say("before"))
              .split(routes.body())
              .process(
                  exchange -> LoggedUnitOfWork.about(exchange.getMessage().getBody(String.class)))
              .to("direct:inner")
              .process(exchange -> say("back"))
              .end()
              .process(exchange -> say("after"));
          routes.from("direct:inner").routeId("inner").process(exchange -> say("in"));
        });

    assertEquals(
        List.of(
            "before service outer null",
            "in service inner m1",
            "back service outer m1",
            "in service inner m2",
            "back service outer m2",
            "after service outer null"),
        said);
    assertNull(MDC.get("camel.routeId"));
    assertNull(MDC.get("camel.contextId"));
    assertNull(MDC.get("message"));
  }

  @Test
  void whatWasSaidBeforeIsSaidAfterwards() throws Exception {
    MDC.put("camel.routeId", "elsewhere");
    MDC.put("camel.contextId", "other");
    MDC.put("message", "m0");

    run(
        routes -> {
          routes
              .from("direct:outer")
              .routeId("outer")
              .process(exchange -> LoggedUnitOfWork.about("m1"));
        });
    say("after");

    assertEquals(List.of("after other elsewhere m0"), said);
  }

  @Test
  void goesAlongToAnotherThread() throws Exception {
    run(
        routes -> {
          routes
              .from("direct:outer")
              .routeId("outer")
              .process(exchange -> say("here"))
              .threads(1, 1)
              .process(exchange -> say("there"))
              .end();
        });

    assertEquals(List.of("here service outer null", "there service outer null"), said);
    assertNotSame(threads.get("here"), threads.get("there"));
  }
}
