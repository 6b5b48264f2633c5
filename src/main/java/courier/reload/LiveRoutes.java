package courier.reload;

import courier.http.Gate;
import courier.socketio.SocketioComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** The routes of a running context, by the file they are from. */
public final class LiveRoutes {
  private static final List<String> ANSWERING = List.of("platform-http:", "socketio:", "direct:");

  private final CamelContext context;
  private final Model model;
  private final SaveCheck check;
  private final Gate gate;

  public LiveRoutes(CamelContext context, Gate gate) {
    this.context = context;
    check = new SaveCheck(context);
    this.gate = gate;
    model = context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * Checks a file, and reads it as Camel will, without a change to what runs.
   *
   * @param others that run beside it
   * @return the files whose routes run under an error policy of this one
   */
  Set<Path> check(Path file, String text, Map<Path, String> others) throws Exception {
    if (Unread.isJava(file)) {
      List<RouteBuilder> builders = read(file, text);
      check.require(file, text, routes(builders).toList(), others);
      return under(builders);
    }
    check.require(file, text, List.of(), others);
    return under(read(file, text));
  }

  /** The files whose routes run under an error policy of one with this text. */
  Set<Path> under(Path file, String text) throws Exception {
    return under(read(file, text));
  }

  private List<RouteBuilder> read(Path file, String text) throws Exception {
    List<RouteBuilder> builders = parse(file, text);
    for (RouteBuilder builder : builders) {
      builder.configureRoutes(context);
      if (builder instanceof RouteConfigurationBuilder configurations) {
        configurations.configuration();
      }
    }
    return builders;
  }

  private Set<Path> under(List<RouteBuilder> builders) {
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

  private List<RouteBuilder> parse(Path file, String text) throws Exception {
    Resource resource = Origin.resource(file, text);
    return PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource)).stream()
        .filter(RouteBuilder.class::isInstance)
        .map(RouteBuilder.class::cast)
        .toList();
  }

  /**
   * Runs what these files have in it, and nothing else from them.
   *
   * @param texts of the files; none for one that does not run
   * @param before the texts to run instead when these cannot start, why is thrown then
   */
  void replace(Set<Path> files, Map<Path, String> texts, Map<Path, String> before)
      throws Exception {
    try {
      if (answer(files, texts) || answer(files, before)) {
        gate.close();
        if (socketio() != null) {
          socketio().holdEvents();
        }
      }
      run(files, texts);
    } catch (Exception e) {
      run(files, before);
      throw e;
    } finally {
      gate.open();
      if (socketio() != null) {
        socketio().releaseEvents();
      }
    }
  }

  /** Null while no route uses it. */
  private SocketioComponent socketio() {
    return (SocketioComponent) context.hasComponent("socketio");
  }

  /** Whether somebody waits for an answer of their routes, or of one that these are steps of. */
  private static boolean answer(Set<Path> files, Map<Path, String> texts) {
    return files.stream()
        .map(file -> texts.getOrDefault(file, ""))
        .anyMatch(text -> ANSWERING.stream().anyMatch(text::contains));
  }

  private void run(Set<Path> files, Map<Path, String> texts) throws Exception {
    List<RouteBuilder> builders = new ArrayList<>();
    for (Path file : files) {
      if (texts.containsKey(file)) {
        builders.addAll(parse(file, texts.get(file)));
      }
    }
    // Before the routes are even read: a route takes its policy in when it is.
    for (RouteBuilder builder : builders) {
      if (builder instanceof RouteConfigurationBuilder policies) {
        policies.updateRouteConfigurationsToCamelContext(context);
      }
    }
    for (RouteBuilder builder : builders) {
      builder.configureRoutes(context);
    }
    Set<String> ids = routes(builders).map(RouteDefinition::getRouteId).collect(Collectors.toSet());
    for (RouteDefinition route : running(files).toList()) {
      if (!ids.contains(route.getRouteId())) {
        model.removeRouteDefinition(route);
      }
    }
    for (RouteBuilder builder : builders) {
      builder.updateRoutesToCamelContext(context);
    }
  }

  private Stream<RouteDefinition> running(Set<Path> files) {
    return model.getRouteDefinitions().stream()
        .filter(route -> Origin.of(route) != null && files.contains(Origin.of(route)));
  }

  private static Stream<RouteDefinition> routes(List<RouteBuilder> builders) {
    return builders.stream().flatMap(builder -> builder.getRouteCollection().getRoutes().stream());
  }
}
