package courier.reload;

import courier.config.StartupException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Refuses a route that would run otherwise than it reads, at a start too, when files are not
 * checked further: one without an id, which no reload, metric or console finds again, and one that
 * names an error policy that does not exist, which Camel runs without a word and without any.
 */
public final class RouteCheck extends ModelLifecycleStrategySupport {
  private final Model model;

  private RouteCheck(Model model) {
    this.model = model;
  }

  public static void install(CamelContext context) {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    model.addModelLifecycleStrategy(new RouteCheck(model));
  }

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    check(route, model.getRouteConfigurationDefinitions());
  }

  private static void check(RouteDefinition route, List<RouteConfigurationDefinition> policies) {
    String place = place(route);
    if (!route.hasCustomIdAssigned()) {
      throw new StartupException("%s: the route has no id, give it one.".formatted(place));
    }
    List<String> known = policies.stream().map(RouteConfigurationDefinition::getId).toList();
    policies(route)
        .filter(policy -> !known.contains(policy))
        .findFirst()
        .ifPresent(
            policy -> {
              throw new StartupException(
                  "%s: the route %s names the error policy \"%s\": write one of %s."
                      .formatted(place, route.getRouteId(), policy, String.join(", ", known)));
            });
  }

  private static String place(RouteDefinition route) {
    String location = route.getInput().getLocation();
    return location == null
        ? String.valueOf(Origin.of(route))
        : location + ":" + route.getInput().getLineNumber();
  }

  /** The ids of the error policies that a route names. */
  public static Stream<String> policies(RouteDefinition route) {
    String ids = route.getRouteConfigurationId();
    return ids == null ? Stream.empty() : Stream.of(ids.split(","));
  }
}
