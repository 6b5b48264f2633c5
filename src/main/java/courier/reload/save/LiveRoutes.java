package courier.reload.save;

import courier.http.Gate;
import courier.reload.Origin;
import courier.reload.Unread;
import courier.reload.trial.Trial;
import courier.reload.trial.Watched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * The routes of a running context, by the file they are from. One thread at a time reads and
 * changes them; none has them while it waits for requests to end, which may be there to ask.
 */
public final class LiveRoutes {
  private final CamelContext context;
  private final Model model;
  private final RouteReader reader;
  private final SaveCheck check;
  private final Intake intake;
  private final RoutesHealth health;

  public LiveRoutes(CamelContext context, Gate gate) {
    this.context = context;
    check = new SaveCheck(context);
    intake = new Intake(context, gate);
    health = new RoutesHealth(context);
    health.install();
    model = context.getCamelContextExtension().getContextPlugin(Model.class);
    reader = new RouteReader(context, model);
  }

  /**
   * Checks files, and reads them as Camel will, without a change to what runs.
   *
   * @param changed those that are new, other or gone
   * @param texts of all files, with these
   * @param before the texts that run
   * @return the files whose routes run under an error policy of these
   */
  synchronized Set<Path> check(Set<Path> changed, Map<Path, String> texts, Map<Path, String> before)
      throws Exception {
    Map<Path, List<RouteDefinition>> routesOfJava = new HashMap<>();
    List<RouteBuilder> builders = new ArrayList<>();
    for (Path file : changed) {
      if (texts.containsKey(file) && Unread.isJava(file)) {
        List<RouteBuilder> read = reader.read(file, texts.get(file));
        routesOfJava.put(file, RouteReader.routes(read).toList());
        builders.addAll(read);
      }
    }
    check.require(changed, texts, routesOfJava, before);
    for (Path file : changed) {
      if (texts.containsKey(file) && !Unread.isJava(file)) {
        builders.addAll(reader.read(file, texts.get(file)));
      }
    }
    return reader.under(builders);
  }

  /** The files that are made by beans of these, which keep those that they found. */
  synchronized Set<Path> madeBy(Set<Path> changed, Map<Path, String> texts) throws Exception {
    return reader.madeBy(changed, texts);
  }

  /**
   * Runs what these files have in it, and nothing else from them.
   *
   * @param texts of all files; none for one that does not run
   * @param before the texts to run instead when these cannot start, why is thrown then
   * @param trial looks at what the routes do; null is that none does
   */
  void replace(Set<Path> files, Map<Path, String> texts, Map<Path, String> before, Trial trial)
      throws Exception {
    SharedNames names = SharedNames.of(texts);
    SharedNames namesBefore = SharedNames.of(before);
    try {
      boolean answering = Intake.isOf(files, texts) || Intake.isOf(files, before);
      intake.hold(running(files).map(RouteDefinition::getRouteId).toList(), answering);
      long replacing = health.areBeingReplaced();
      try {
        run(files, texts, trial, namesBefore.without(names));
      } catch (Exception e) {
        run(files, before, null, names.without(namesBefore));
        throw e;
      } finally {
        health.areReplaced(replacing);
      }
    } finally {
      intake.letGo();
    }
  }

  /**
   * @param gone what nothing names any more
   */
  private synchronized void run(
      Set<Path> files, Map<Path, String> texts, Trial trial, SharedNames gone) throws Exception {
    List<RouteBuilder> builders = new ArrayList<>();
    for (Path file : files) {
      if (texts.containsKey(file)) {
        builders.addAll(reader.parse(file, texts.get(file)));
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
    if (trial != null) {
      RouteReader.routes(builders).forEach(route -> Watched.by(trial, route));
    }
    Set<String> ids =
        RouteReader.routes(builders).map(RouteDefinition::getRouteId).collect(Collectors.toSet());
    for (RouteDefinition route : running(files).toList()) {
      if (!ids.contains(route.getRouteId())) {
        model.removeRouteDefinition(route);
      }
    }
    for (RouteBuilder builder : builders) {
      builder.updateRoutesToCamelContext(context);
    }
    forget(gone);
  }

  private void forget(SharedNames gone) throws Exception {
    gone.beans().forEach(context.getRegistry()::unbind);
    for (RouteConfigurationDefinition policy :
        List.copyOf(model.getRouteConfigurationDefinitions())) {
      if (gone.policies().contains(policy.getId())) {
        model.removeRouteConfiguration(policy);
      }
    }
  }

  private Stream<RouteDefinition> running(Set<Path> files) {
    return model.getRouteDefinitions().stream()
        .filter(route -> Origin.of(route) != null && files.contains(Origin.of(route)));
  }
}
