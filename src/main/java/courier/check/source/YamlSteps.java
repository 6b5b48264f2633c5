package courier.check.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of a YAML route file, in both of the forms that Camel reads. */
final class YamlSteps {
  private static final Set<String> BRANCHES =
      Set.of(
          "doCatch",
          "doFinally",
          "when",
          "otherwise",
          "onFallback",
          "onException",
          "onCompletion",
          "intercept",
          "interceptFrom",
          "interceptSendToEndpoint");

  /** What a step is about that is only a text. */
  private static final Map<String, String> SHORT =
      Map.of(
          "log",
          "message",
          "removeHeaders",
          "pattern",
          "removeHeader",
          "name",
          "bean",
          "ref",
          "process",
          "ref");

  private final Path file;

  YamlSteps(Path file) {
    this.file = file;
  }

  /** What is at the top of the file: routes, policies, beans. */
  List<Step> read(Yaml document) {
    List<Step> steps = new ArrayList<>();
    for (Yaml item : document.items()) {
      item.entries().forEach(entry -> steps.add(top(entry.getKey(), entry.getValue())));
    }
    return steps;
  }

  private Step top(Yaml key, Yaml value) {
    if (key.text().equals("from")) {
      return new Step(file, "route", key.line(), Map.of(), List.of(step(key, value)));
    }
    return step(key, value);
  }

  private Step step(Yaml key, Yaml value) {
    String kind = key.text();
    Map<String, Text> values = new LinkedHashMap<>();
    List<Step> children = new ArrayList<>();
    if (value.isText()) {
      values.put(SHORT.getOrDefault(kind, "uri"), new Text(value.text(), value.line()));
    } else if (value.isList()) {
      value.scalars("", values::put);
    }
    for (Map.Entry<Yaml, Yaml> entry : value.entries()) {
      add(entry.getKey(), entry.getValue(), values, children);
    }
    return new Step(file, kind, key.line(), values, children);
  }

  private void add(Yaml key, Yaml value, Map<String, Text> values, List<Step> children) {
    String name = key.text();
    if (name.equals("steps")) {
      children.addAll(read(value));
    } else if (name.equals("from") || name.equals("route") && !value.isText()) {
      children.add(step(key, value));
    } else if (BRANCHES.contains(name) && value.isList()) {
      value.items().forEach(item -> children.add(branch(name, item)));
    } else if (BRANCHES.contains(name)) {
      children.add(step(key, value));
    } else if (!value.isText() && value.entries().isEmpty() && value.items().isEmpty()) {
      values.put(name, new Text("", key.line()));
    } else {
      value.scalars(name, values::put);
      // That it is there, as noErrorHandler: {} is.
      value.entries().stream()
          .filter(entry -> !entry.getValue().isText())
          .forEach(
              entry ->
                  values.putIfAbsent(
                      name + "." + entry.getKey().text(), new Text("", entry.getKey().line())));
    }
  }

  /** One of a list, which may say once more what it is: {@code onException: - onException: {}}. */
  private Step branch(String kind, Yaml item) {
    List<Map.Entry<Yaml, Yaml>> entries = item.entries();
    if (entries.size() == 1 && entries.get(0).getKey().text().equals(kind)) {
      return step(entries.get(0).getKey(), entries.get(0).getValue());
    }
    Map<String, Text> values = new LinkedHashMap<>();
    List<Step> children = new ArrayList<>();
    entries.forEach(entry -> add(entry.getKey(), entry.getValue(), values, children));
    return new Step(file, kind, item.line(), values, children);
  }
}
