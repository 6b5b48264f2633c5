package courier.jmx;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** The dead-letter desk in a JMX console: the same as over HTTP, by the same routes. */
@ManagedResource(description = "Dead letters: what failed, and once more")
public final class DeadLetterConsole extends ServiceSupport implements StaticService {
  private static final String BY_CONSOLE = "{\"by\":\"JMX\"}";

  private final RouteCall routes;

  public DeadLetterConsole(CamelContext context) {
    routes = new RouteCall(context);
  }

  @ManagedOperation(description = "Dead letters by step and reason, with counts by state")
  public Object groups() {
    return routes.ask("list-dead-letter-groups", Map.of(), null);
  }

  @ManagedOperation(description = "A dead letter by its id: its reason, its history, its bytes")
  public Object find(String id) {
    return routes.ask("get-dead-letter", Map.of("id", id), null);
  }

  @ManagedOperation(
      description = "Sends a dead letter to the topic it is from once more, by its id")
  public Object replay(String id) {
    return routes.ask("replay-dead-letter", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Sets a dead letter aside, by its id")
  public Object discard(String id) {
    return routes.ask("discard-dead-letter", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Takes back that a dead letter was discarded, by its id")
  public Object undo(String id) {
    return routes.ask("undo-discard", Map.of("id", id), BY_CONSOLE);
  }
}
