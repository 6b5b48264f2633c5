package courier.jmx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** Bulk replays in a JMX console: the same as over HTTP, by the same routes. */
@ManagedResource(description = "Replays of many dead letters")
public final class BulkReplayConsole extends ServiceSupport implements StaticService {
  private static final String BY = "JMX";
  private static final String LISTED = "20";

  private final RouteCall routes;

  public BulkReplayConsole(CamelContext context) {
    routes = new RouteCall(context);
  }

  @ManagedOperation(description = "The last 20 replays, newest first")
  public Object list() {
    return routes.ask("list-bulk-replays", Map.of("limit", LISTED), null);
  }

  @ManagedOperation(description = "How far a replay is, by its id")
  public Object find(String id) {
    return routes.ask("get-bulk-replay", Map.of("id", id), null);
  }

  @ManagedOperation(description = "Replays a group of dead letters, so many in a second")
  public Object startReplay(String group, int rate) {
    String request =
        JsonNodeFactory.instance
            .objectNode()
            .put("group", group)
            .put("rate", rate)
            .put("by", BY)
            .toString();
    return routes.ask("start-bulk-replay", Map.of(), request);
  }

  @ManagedOperation(description = "Ends a replay, by its id; what still waits is open again")
  public Object stopReplay(String id) {
    return routes.ask("stop-bulk-replay", Map.of("id", id), null);
  }
}
