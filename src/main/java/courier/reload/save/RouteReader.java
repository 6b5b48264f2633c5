package courier.reload.save;

import courier.reload.Origin;
import courier.reload.RouteCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/** Reads route files as Camel does, without a change to what runs. */
record RouteReader(CamelContext context, Model model) {
  /** Not configured yet. */
  List<RouteBuilder> parse(Path file, String text) throws Exception {
    return PluginHelper.getRoutesLoader(context)
        .findRoutesBuilders(List.of(Origin.resource(file, text)))
        .stream()
        .filter(RouteBuilder.class::isInstance)
        .map(RouteBuilder.class::cast)
        .toList();
  }

  List<RouteBuilder> read(Path file, String text) throws Exception {
    List<RouteBuilder> builders = parse(file, text);
    for (RouteBuilder builder : builders) {
      builder.configureRoutes(context);
      if (builder instanceof RouteConfigurationBuilder configurations) {
        configurations.configuration();
      }
    }
    return builders;
  }

  /** The files whose routes run under an error policy of these. */
  Set<Path> under(List<RouteBuilder> builders) {
    Set<String> policies =
        builders.stream()
            .filter(RouteConfigurationBuilder.class::isInstance)
            .map(RouteConfigurationBuilder.class::cast)
            .map(RouteConfigurationBuilder::getRouteConfigurationCollection)
            .flatMap(collection -> collection.getRouteConfigurations().stream())
            .map(RouteConfigurationDefinition::getId)
            .collect(Collectors.toSet());
    return model.getRouteDefinitions().stream()
        .filter(route -> Origin.of(route) != null)
        .filter(route -> RouteCheck.policies(route).anyMatch(policies::contains))
        .map(Origin::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files that are made by beans of these, and those under their policies. */
  Set<Path> madeBy(Set<Path> changed, Map<Path, String> texts) throws Exception {
    Map<Path, String> some = new TreeMap<>(texts);
    some.keySet().retainAll(changed);
    SharedNames names = SharedNames.of(some);
    Set<Path> made = new TreeSet<>();
    for (Map.Entry<Path, String> other : texts.entrySet()) {
      if (names.areBeansOf(other.getValue())) {
        made.add(other.getKey());
        made.addAll(under(read(other.getKey(), other.getValue())));
      }
    }
    return made;
  }

  static Stream<RouteDefinition> routes(List<RouteBuilder> builders) {
    return builders.stream().flatMap(builder -> builder.getRouteCollection().getRoutes().stream());
  }
}
