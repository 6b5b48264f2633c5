package courier.reload;

import courier.check.Checker;
import courier.check.source.Finding;
import courier.check.source.Folder;
import courier.check.source.Source;
import courier.config.StartupException;
import java.nio.file.Files;
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

/** Checks a route file that was saved, beside those that run. */
final class SaveCheck {
  private final CamelContext context;
  private final Model model;

  SaveCheck(CamelContext context) {
    this.context = context;
    model = context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * @param routes of the file, if it is Java
   * @param others the last good texts
   * @throws StartupException when the file has a mistake, or another file has one by it
   */
  void require(Path file, String text, List<RouteDefinition> routes, Map<Path, String> others) {
    List<Source> running = new ArrayList<>();
    others.forEach(
        (path, last) -> {
          if (Files.exists(path)) {
            running.add(source(path, last, routes(path)));
          }
        });
    List<Source> saved = new ArrayList<>(running);
    saved.removeIf(source -> source.file().equals(file));
    saved.add(source(file, text, routes));
    Set<String> before = found(running, Set.of()).map(SaveCheck::key).collect(Collectors.toSet());
    String mistakes =
        found(saved, Set.of(file))
            .filter(finding -> finding.file().equals(file) || !before.contains(key(finding)))
            .map(Finding::inOneLine)
            .collect(Collectors.joining(" | "));
    if (!mistakes.isEmpty()) {
      throw new StartupException(mistakes);
    }
  }

  private Stream<Finding> found(List<Source> sources, Set<Path> changed) {
    Folder folder = new Folder(sources, new ContextSurroundings(context));
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
