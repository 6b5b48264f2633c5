package courier.check.mistake;

import courier.check.source.Report;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is said of the options of an endpoint, at their lines. */
record OptionMistakes(Step step, Map<String, Text> options, Report report) {
  private void error(String name, String rule, String message, String write) {
    Text place = options.getOrDefault(name, step.values().get("uri"));
    report.error(step, place, rule, message, write);
  }

  private String as(String name, String value) {
    return step.says("parameters") ? name + ": " + value : name + "=" + value.replace("\"", "");
  }

  private String written(String name) {
    return Stream.ofNullable(options.get(name)).map(Text::value).findFirst().orElse("…");
  }

  void name(String name, String message, List<String> known) {
    String write =
        Nearest.to(name, known)
            .map(near -> as(near, written(name)))
            .orElse("one of " + String.join(", ", known));
    error(name, "unknown-option", message, write);
  }

  void gone(String name, String message) {
    error(name, "option-side", message, "# without " + name);
  }

  void value(String name, String value, String may, String write) {
    error(
        name,
        "option-value",
        "%s is \"%s\", and has to be %s".formatted(name, value, may),
        as(name, write));
  }

  void missing(String name, String scheme) {
    error(name, "missing-option", "%s needs %s".formatted(scheme, name), as(name, "…"));
  }
}
