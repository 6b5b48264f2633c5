package courier.reload.save;

import courier.check.Checker;
import courier.check.source.Finding;
import courier.check.source.Folder;
import courier.check.source.Source;
import courier.config.StartupException;
import courier.reload.ContextSurroundings;
import courier.reload.Origin;
import courier.reload.Unread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Checks route files that were saved, beside those that run. */
final class SaveCheck {
  private final CamelContext context;
  private final Model model;

  SaveCheck(CamelContext context) {
    this.context = context;
    model = context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * @param changed the files that are new, other or gone
   * @param texts of all files, with these
   * @param routes of those that are Java
   * @param before the texts that run
   * @throws StartupException when one has a mistake, or another file has one by it
   */
  void require(
      Set<Path> changed,
      Map<Path, String> texts,
      Map<Path, List<RouteDefinition>> routes,
      Map<Path, String> before) {
    List<Finding> found = found(sources(texts, routes), changed, before).toList();
    boolean onlyInThese = found.stream().allMatch(finding -> changed.contains(finding.file()));
    Set<String> known = onlyInThese ? Set.of() : known(before);
    String mistakes =
        found.stream()
            .filter(finding -> changed.contains(finding.file()) || !known.contains(key(finding)))
            .map(Finding::inOneLine)
            .collect(Collectors.joining(" | "));
    if (!mistakes.isEmpty()) {
      throw new StartupException(mistakes);
    }
  }

  /** The mistakes that run already. */
  private Set<String> known(Map<Path, String> running) {
    return found(sources(running, Map.of()), Set.of(), running)
        .map(SaveCheck::key)
        .collect(Collectors.toSet());
  }

  private List<Source> sources(
      Map<Path, String> texts, Map<Path, List<RouteDefinition>> routesOfJava) {
    List<Source> sources = new ArrayList<>();
    texts.forEach(
        (file, text) -> {
          List<RouteDefinition> routes = routesOfJava.get(file);
          sources.add(source(file, text, routes == null ? routes(file) : routes));
        });
    return sources;
  }

  private Stream<Finding> found(List<Source> sources, Set<Path> changed, Map<Path, String> before) {
    // The beans of the files that run are there, and may be gone with their file.
    Set<String> declared = SharedNames.of(before).beans();
    Folder folder = new Folder(sources, new ContextSurroundings(context, declared));
    return Checker.get().check(folder, changed).stream().filter(Finding::isError);
  }

  private static String key(Finding finding) {
    return finding.file() + finding.rule() + finding.message();
  }

  private static Source source(Path file, String text, List<RouteDefinition> routes) {
    try {
      return Unread.isJava(file) ? Source.java(file, text, routes) : Source.yaml(file, text);
    } catch (RuntimeException e) {
      throw new StartupException(Unread.because(file, text, e).inOneLine());
    }
  }

  private List<RouteDefinition> routes(Path file) {
    return model.getRouteDefinitions().stream()
        .filter(route -> file.equals(Origin.of(route)))
        .toList();
  }
}
