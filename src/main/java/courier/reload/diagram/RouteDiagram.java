package courier.reload.diagram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.body.JsonBody;
import courier.reload.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The routes of a service as they run by now, step by step, with what went through each. */
public final class RouteDiagram implements CamelContextAware {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private CamelContext context;
  private Lookers lookers;

  /**
   * Answers with {@code {"service","routes":[{"id","description","file","from","state","policies":
   * ["…"],"total","failed","inflight","mean","steps":[{"id","kind","text","to":["…"],"total",
   * "failed","inflight","steps":[…]}]}]}}. What is counted are exchanges since the route was
   * started, of which one may be a batch of messages; {@code mean} is in milliseconds, and {@code
   * to} are routes that a step leads to. Steps have figures from when somebody looks at their
   * route, and as long as that is so.
   *
   * @param lookedAt the route whose steps are to be counted, or null
   */
  public void draw(Message answer, @Header("route") String lookedAt) {
    JsonBody.write(answer, draw(lookedAt).toString().getBytes(StandardCharsets.UTF_8));
  }

  ObjectNode draw(String lookedAt) {
    List<RouteDefinition> running = running();
    Traffic traffic = new Traffic(context);
    if (running.stream().anyMatch(route -> route.getRouteId().equals(lookedAt))) {
      count(lookedAt, true, traffic);
      lookers.look(lookedAt);
    }
    Steps steps = new Steps(new RouteLinks(context, running), traffic);
    ObjectNode said = JsonNodeFactory.instance.objectNode().put("service", context.getName());
    ArrayNode routes = said.putArray("routes");
    for (RouteDefinition route : running) {
      ObjectNode drawn = routes.addObject().put("id", route.getRouteId());
      describe(route, drawn);
      drawn.put("state", context.getRouteController().getRouteStatus(route.getRouteId()).name());
      traffic.ofRoute(route.getRouteId(), drawn);
      steps.draw(route.getOutputs(), drawn.putArray("steps"));
    }
    return said;
  }

  private List<RouteDefinition> running() {
    return context
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .getRouteDefinitions()
        .stream()
        .filter(route -> context.getRoute(route.getRouteId()) != null)
        .toList();
  }

  private void count(String id, boolean counts, Traffic traffic) {
    running().stream()
        .filter(route -> route.getRouteId().equals(id))
        .flatMap(Steps::ids)
        .forEach(step -> traffic.count(step, counts));
  }

  private static void describe(RouteDefinition route, ObjectNode drawn) {
    if (route.getDescriptionText() != null) {
      drawn.put("description", route.getDescriptionText());
    }
    Path file = Origin.of(route);
    if (file != null) {
      drawn.put("file", file.getFileName().toString());
    }
    drawn.put("from", StepText.address(route.getInput().getEndpointUri()));
    ArrayNode policies = drawn.putArray("policies");
    if (route.getAppliedRouteConfigurationIds() != null) {
      route.getAppliedRouteConfigurationIds().forEach(policies::add);
    }
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
    lookers =
        new Lookers(
            context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "lookers"),
            PATIENCE,
            route -> count(route, false, new Traffic(context)));
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }
}
