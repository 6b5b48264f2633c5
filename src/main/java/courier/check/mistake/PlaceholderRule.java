package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each {@code {{placeholder}}} is a property that there is, or says its own default. */
public final class PlaceholderRule implements Rule {
  /** Without those that have a default, are optional, or ask a function such as {@code env:}. */
  private static final Pattern KEY = Pattern.compile("\\{\\{\\s*([^{}?!:\\s][^{}:]*?)\\s*}}");

  @Override
  public void check(Source file, Folder folder, Report report) {
    Set<String> parameters = new HashSet<>();
    file.steps()
        .filter(step -> step.kind().equals("routeTemplate"))
        .forEach(
            template ->
                template
                    .values()
                    .forEach(
                        (key, text) -> {
                          if (key.startsWith("parameters.") && key.endsWith(".name")) {
                            parameters.add(text.value());
                          }
                        }));
    file.steps()
        .forEach(
            step ->
                step.values()
                    .values()
                    .forEach(text -> check(step, text, parameters, file, folder, report)));
  }

  private static void check(
      Step step, Text text, Set<String> parameters, Source file, Folder folder, Report report) {
    Matcher keys = KEY.matcher(text.value());
    while (keys.find()) {
      String key = keys.group(1);
      if (!parameters.contains(key) && folder.surroundings().property(key).isEmpty()) {
        report.error(
            step,
            text,
            "placeholder",
            "no property is called %s".formatted(key),
            Nearest.to(key, List.copyOf(folder.surroundings().properties()))
                .map(near -> file.line(text.line()).replace("{{" + key + "}}", "{{" + near + "}}"))
                .orElse(key + "=…  # in application.properties"));
      }
    }
  }
}
