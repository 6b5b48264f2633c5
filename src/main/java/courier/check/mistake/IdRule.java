package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import java.util.Set;

/** A route has an id, and no other route or step has the same. */
public final class IdRule implements Rule {
  private static final Set<String> NO_STEP =
      Set.of("routeConfiguration", "routeTemplate", "rest", "beans");

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.routes()
        .filter(route -> route.value("id").isEmpty())
        .forEach(
            route ->
                report.error(
                    route, "no-id", "the route has no id, give it one", "id: " + name(route)));
    file.steps()
        .filter(step -> !NO_STEP.contains(step.kind()) && !step.value("id").isEmpty())
        .forEach(step -> same(step, folder, report));
  }

  private static void same(Step step, Folder folder, Report report) {
    String id = step.value("id");
    folder
        .steps()
        .filter(other -> !NO_STEP.contains(other.kind()) && other.value("id").equals(id))
        .findFirst()
        .filter(first -> first != step)
        .ifPresent(
            first ->
                report.error(
                    step,
                    step.values().get("id"),
                    "same-id",
                    "%s has a %s %s already, give this one another id"
                        .formatted(first.file(), what(first), id),
                    "id: " + id + "-2"));
  }

  private static String what(Step step) {
    return step.kind().equals("route") ? "route" : "step";
  }

  private static String name(Step route) {
    String stem = route.file().getFileName().toString().replaceFirst("\\..*", "");
    return stem.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
  }
}
