package courier.jmx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    return start(group(group, rate));
  }

  @ManagedOperation(
      description =
          "The same in growing steps, such as 1, 5, 25, and then the rest; it goes on while no more"
              + " than this share, from 0 to 1, failed again")
  public Object startReplayInSteps(String group, int rate, String steps, double maxFailedShare) {
    ObjectNode request = group(group, rate).put("maxFailedShare", maxFailedShare);
    ArrayNode sizes = request.putArray("steps");
    for (String size : steps.strip().split("\\s*,\\s*")) {
      if (!size.matches("\\d{1,9}")) {
        return Map.of("detail", "Steps are numbers with commas between, such as 1, 5, 25.");
      }
      sizes.add(Integer.parseInt(size));
    }
    return start(request);
  }

  private static ObjectNode group(String group, int rate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("group", group)
        .put("rate", rate)
        .put("by", BY);
  }

  private Object start(ObjectNode request) {
    return routes.ask("start-bulk-replay", Map.of(), request.toString());
  }

  @ManagedOperation(description = "Ends a replay, by its id; what still waits is open again")
  public Object stopReplay(String id) {
    return routes.ask("stop-bulk-replay", Map.of("id", id), null);
  }
}
