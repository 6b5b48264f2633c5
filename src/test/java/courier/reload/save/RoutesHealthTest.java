package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.event.AbstractRouteEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the routes are, also for who asks in the midst of a save. */
class RoutesHealthTest {
  private static final String HELLO = KindsOfSaveTest.route("hello", "- setBody: {constant: one}");
  private static final Set<String> CHECKS =
      Set.of("route:hello", "consumer:hello", "route:other", "consumer:other");

  @TempDir private Path routes;
  private RouteServiceFixture service;

  @BeforeEach
  void start() throws Exception {
    String other = KindsOfSaveTest.route("other", "- setBody: {constant: one}");
    service =
        new RouteServiceFixture(
            routes, Map.of("hello.camel.yaml", HELLO, "other.camel.yaml", other));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private Map<String, HealthCheck.State> health() {
    return HealthCheckHelper.invoke(service.context, "full").stream()
        .filter(result -> CHECKS.contains(result.getCheck().getId()))
        .collect(
            Collectors.toMap(
                result -> result.getCheck().getId(),
                HealthCheck.Result::getState,
                (one, another) -> one,
                TreeMap::new));
  }

  /** Asks at each event of a route. */
  private final class Asking extends EventNotifierSupport {
    private final Set<CamelEvent.Type> at = new TreeSet<>();
    private final Set<Map<String, HealthCheck.State>> answers = new HashSet<>();

    @Override
    public void notify(CamelEvent event) {
      if (event instanceof AbstractRouteEvent) {
        at.add(event.getType());
        answers.add(health());
      }
    }
  }

  @Test
  void isWhatItWasWhileARouteIsReplaced() throws Exception {
    Map<String, HealthCheck.State> before = health();
    assertEquals(CHECKS, before.keySet());
    assertEquals(Set.of(HealthCheck.State.UP), Set.copyOf(before.values()));
    Asking asking = new Asking();
    service.context.getManagementStrategy().addEventNotifier(asking);

    service.save("hello.camel.yaml", HELLO.replace("one", "two"));

    assertEquals("two", service.ask("hello"));
    assertTrue(
        asking.at.containsAll(
            Set.of(
                CamelEvent.Type.RouteStopped,
                CamelEvent.Type.RouteRemoved,
                CamelEvent.Type.RouteStarted)),
        asking.at::toString);
    assertEquals(Set.of(before), asking.answers);
    assertEquals(before, health());
  }

  @Test
  void isOfTheRoutesThatRunAfterIt() throws Exception {
    health();

    service.save("hello.camel.yaml", HELLO.replace("hello", "hi"));
    service.context.getRouteController().stopRoute("hi");

    assertEquals(
        Set.of("route:hi", "consumer:hi", "route:other", "consumer:other"),
        HealthCheckRegistry.get(service.context).stream()
            .map(HealthCheck::getId)
            .filter(id -> id.contains(":"))
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of("route:hi", "consumer:hi"),
        HealthCheckHelper.invoke(service.context, "full").stream()
            .filter(result -> result.getState() == HealthCheck.State.DOWN)
            .map(result -> result.getCheck().getId())
            .collect(Collectors.toSet()));
  }

  @Test
  void isNotAskedWhereItIsSwitchedOff() {
    for (String kind : List.of("routes", "consumers")) {
      HealthCheckRepository health =
          HealthCheckRegistry.get(service.context).getRepository(kind).orElseThrow();
      health.setEnabled(false);

      assertEquals(0, health.stream().count());
    }
  }
}
