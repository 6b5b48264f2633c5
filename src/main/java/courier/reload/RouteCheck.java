package courier.reload;

import courier.config.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Refuses a route that would run otherwise than it reads: one without an id, which no reload,
 * metric or console finds again, one whose id another has, and one that names an error policy that
 * does not exist, which Camel runs without a word and without any.
 */
public final class RouteCheck extends ModelLifecycleStrategySupport {
  private final Model model;

  public RouteCheck(CamelContext context) {
    model = context.getCamelContextExtension().getContextPlugin(Model.class);
    model.addModelLifecycleStrategy(this);
  }

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    check(route, model.getRouteConfigurationDefinitions());
  }

  /** Checks the routes of a file that are not added yet. */
  void check(RouteBuilder builder, Path file) {
    List<RouteConfigurationDefinition> policies =
        new ArrayList<>(model.getRouteConfigurationDefinitions());
    if (builder instanceof RouteConfigurationBuilder configurations) {
      policies.addAll(configurations.getRouteConfigurationCollection().getRouteConfigurations());
    }
    for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
      check(route, policies);
      RouteDefinition running = model.getRouteDefinition(route.getRouteId());
      Path other = running == null ? null : LiveRoutes.file(running);
      if (other != null && !other.equals(file) && Files.exists(other)) {
        throw new StartupException(
            "%s: %s has a route %s already, give this one another id."
                .formatted(place(route), other, route.getRouteId()));
      }
    }
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
        ? String.valueOf(LiveRoutes.file(route))
        : location + ":" + route.getInput().getLineNumber();
  }

  /** The ids of the error policies that a route names. */
  static Stream<String> policies(RouteDefinition route) {
    String ids = route.getRouteConfigurationId();
    return ids == null ? Stream.empty() : Stream.of(ids.split(","));
  }
}
