package courier.check.source;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.util.URISupport;

/**
 * A step of a route, or what has steps: a route, its {@code from}, a branch, an error policy.
 *
 * @param kind as YAML calls it, such as {@code to} or {@code doCatch}
 * @param values what is said of it, by the keys that lead there, separated by dots, such as {@code
 *     parameters.operation} or {@code expression.simple.expression}
 */
public record Step(
    Path file, String kind, int line, Map<String, Text> values, List<Step> children) {
  private static final String PARAMETERS = "parameters.";

  public Optional<Text> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String value(String key) {
    return text(key).map(Text::value).orElse("");
  }

  /** Itself and all that is in it. */
  public Stream<Step> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Step::all));
  }

  /** Whether it says anything of this, or of what is below. */
  public boolean says(String key) {
    return values.keySet().stream()
        .anyMatch(each -> each.equals(key) || each.startsWith(key + "."));
  }

  /** The endpoint that it has, as it is written, without its options; empty if it has none. */
  public String written() {
    return value("uri").split("\\?", 2)[0];
  }

  /** The endpoint that it has, also if its name is a parameter. */
  public String uri() {
    String uri = written();
    String name = value(PARAMETERS + (uri.equals("kafka") ? "topic" : "name"));
    return uri.contains(":") || name.isEmpty() ? uri : uri + ":" + name;
  }

  /** Such as {@code kafka}. */
  public String scheme() {
    return uri().split(":", 2)[0];
  }

  /** What follows the scheme, such as a topic. */
  public String rest() {
    String[] parts = uri().split(":", 2);
    return parts.length < 2 ? "" : parts[1].replaceFirst("^//", "");
  }

  public String option(String name) {
    Text text = options().get(name);
    return text == null ? "" : text.value();
  }

  /** The options of its endpoint, from the URI and from the parameters. */
  public Map<String, Text> options() {
    Map<String, Text> options = new LinkedHashMap<>();
    Text uri = values.get("uri");
    if (uri != null && uri.value().contains("?")) {
      try {
        URISupport.parseQuery(uri.value().split("\\?", 2)[1], true)
            .forEach(
                (name, value) -> options.put(name, new Text(String.valueOf(value), uri.line())));
      } catch (URISyntaxException e) {
        // whoever makes the endpoint says so
      }
    }
    values.forEach(
        (key, text) -> {
          if (key.startsWith(PARAMETERS)) {
            options.put(key.substring(PARAMETERS.length()), text);
          }
        });
    return options;
  }
}
