package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.util.List;

/** What a route names of others is there: routes that it calls, and error policies. */
public final class TargetRule implements Rule {
  private static final String DIRECT = "direct:";

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.steps()
        .filter(step -> !step.kind().equals("from") && !step.kind().startsWith("intercept"))
        .forEach(
            step ->
                step.values()
                    .forEach(
                        (key, text) -> {
                          String uri = key.equals("uri") ? step.uri() : text.value();
                          if (uri.startsWith(DIRECT)) {
                            direct(step, uri, text, file, folder, report);
                          }
                        }));
    file.routes()
        .forEach(
            route ->
                route
                    .text("routeConfigurationId")
                    .ifPresent(text -> policy(route, text, file, folder, report)));
  }

  private static void direct(
      Step step, String named, Text text, Source file, Folder folder, Report report) {
    String uri = folder.resolved(named.split("\\?", 2)[0]);
    if (uri.contains("${") || uri.contains("{{") || folder.called(uri).isPresent()) {
      return;
    }
    List<String> known =
        folder
            .routes()
            .map(route -> folder.resolved(Folder.from(route).uri()))
            .filter(each -> each.startsWith(DIRECT))
            .toList();
    report.error(
        step,
        text,
        "direct",
        "no route begins with %s".formatted(uri),
        Nearest.to(uri, known)
            .map(near -> file.line(text.line()).replace(uri, near))
            .orElse("- from: {uri: " + uri + "}  # a route that begins so"));
  }

  private static void policy(Step route, Text text, Source file, Folder folder, Report report) {
    List<String> known = folder.policies().map(policy -> policy.value("id")).toList();
    for (String id : text.value().split(",")) {
      boolean isThere =
          known.stream()
              .anyMatch(each -> org.apache.camel.support.PatternHelper.matchPattern(each, id));
      if (!isThere && !id.contains("{{")) {
        report.error(
            route,
            text,
            "policy",
            "the error policy \"%s\" is none: write one of %s"
                .formatted(id, String.join(", ", known)),
            file.line(text.line()).replace(id, Nearest.to(id, known).orElse("answer-with-error")));
      }
    }
  }
}
