package courier.reload.diagram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Which routes of the service begin where a step sends to, also by a topic of Kafka. */
final class RouteLinks {
  private final CamelContext context;
  private final Map<String, TreeSet<String>> routes = new HashMap<>();

  RouteLinks(CamelContext context, List<RouteDefinition> running) {
    this.context = context;
    for (RouteDefinition route : running) {
      routes
          .computeIfAbsent(place(route.getInput().getEndpointUri()), place -> new TreeSet<>())
          .add(route.getRouteId());
    }
  }

  /** Their ids. */
  List<String> from(ProcessorDefinition<?> step) {
    String uri = null;
    if (step instanceof SendDefinition<?> to) {
      uri = to.getEndpointUri();
    } else if (step instanceof ToDynamicDefinition to) {
      uri = to.getUri();
    }
    return uri == null ? List.of() : List.copyOf(routes.getOrDefault(place(uri), new TreeSet<>()));
  }

  private String place(String uri) {
    String whole = String.valueOf(uri);
    try {
      whole = context.resolvePropertyPlaceholders(whole);
    } catch (RuntimeException e) {
      // One of a property that is only there when the step runs is no place that is known now.
    }
    return whole.split("\\?", 2)[0].replaceFirst("://", ":");
  }
}
