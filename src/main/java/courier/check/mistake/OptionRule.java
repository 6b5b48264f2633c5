package courier.check.mistake;

import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Step;
import courier.check.source.Text;
import courier.config.Nearest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** The options of an endpoint: their names, values and sides. */
final class OptionRule {
  private final Catalogue catalogue;

  OptionRule(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  void check(Step step, ComponentModel component, String uri, Folder folder, Report report) {
    Map<String, Text> options = new LinkedHashMap<>();
    step.options().forEach((name, text) -> options.put(asNamed(name, component), text));
    boolean from = Set.of("from", "poll", "pollEnrich").contains(step.kind());
    EndpointValidationResult result =
        catalogue.validate(uri(uri, component, options, folder), from);
    OptionMistakes say = new OptionMistakes(step, options, report);
    for (String name : or(result.getUnknown())) {
      if (!component.isLenientProperties()) {
        say.name(
            name, "%s has no option %s".formatted(component.getScheme(), name), names(component));
      }
    }
    for (String name : or(result.getNotConsumerOnly())) {
      say.gone(name, "%s is for what is sent, and this begins a route".formatted(name));
    }
    for (String name : or(result.getNotProducerOnly())) {
      say.gone(name, "%s is for what begins a route, and this is sent".formatted(name));
    }
    or(result.getInvalidEnum())
        .forEach(
            (name, value) -> {
              List<String> choices = Arrays.asList(result.getInvalidEnumChoices().get(name));
              say.value(
                  name,
                  value,
                  String.join(", ", choices),
                  Nearest.to(value, choices).orElse(choices.get(0)));
            });
    or(result.getInvalidBoolean()).forEach((n, v) -> say.value(n, v, "true or false", "true"));
    or(result.getInvalidInteger())
        .forEach((n, v) -> say.value(n, v, "a whole number", number(component, n)));
    or(result.getInvalidNumber())
        .forEach((n, v) -> say.value(n, v, "a number", number(component, n)));
    or(result.getInvalidDuration())
        .forEach(
            (n, v) -> say.value(n, v, "a time such as 5s, or milliseconds", number(component, n)));
    or(result.getInvalidReference())
        .forEach((n, v) -> say.value(n, v, "a bean, as #name", "\"#" + v + "\""));
    for (String name : or(result.getRequired())) {
      say.missing(name, component.getScheme());
    }
  }

  /** With all that it says, as one text. */
  private static String uri(
      String uri, ComponentModel component, Map<String, Text> options, Folder folder) {
    Map<String, String> left = new LinkedHashMap<>();
    options.forEach((name, text) -> left.put(name, folder.resolved(text.value())));
    String whole = uri;
    if (!whole.contains(":")) {
      // Said as parameters, all of it.
      whole += ":" + component.getSyntax().replaceFirst("^[^:]*:", "");
      for (ComponentModel.EndpointOptionModel part : component.getEndpointPathOptions()) {
        String value = left.remove(part.getName());
        whole =
            whole.replaceFirst(
                "\\b" + part.getName() + "\\b",
                java.util.regex.Matcher.quoteReplacement(value == null ? "" : value));
      }
    }
    String query =
        left.entrySet().stream()
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? whole : whole + "?" + query;
  }

  private static String encoded(String value) {
    // A value that is decided later is of any type.
    return value.contains("${") || value.contains("{{")
        ? "{{later}}"
        : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** As the component calls it: Camel minds neither case nor dashes. */
  private static String asNamed(String name, ComponentModel component) {
    String plain = name.replace("-", "");
    return names(component).stream().filter(plain::equalsIgnoreCase).findFirst().orElse(name);
  }

  private static List<String> names(ComponentModel component) {
    return component.getEndpointOptions().stream().map(BaseOptionModel::getName).toList();
  }

  private static String number(ComponentModel component, String name) {
    return component.getEndpointOptions().stream()
        .filter(option -> option.getName().equals(name) && option.getDefaultValue() != null)
        .map(option -> option.getDefaultValue().toString())
        .findFirst()
        .orElse("1");
  }

  private static Set<String> or(Set<String> names) {
    return names == null ? Set.of() : names;
  }

  private static Map<String, String> or(Map<String, String> values) {
    return values == null ? Map.of() : values;
  }
}
