package courier.check.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A route file.
 *
 * @param tops what is at its top: routes, policies, beans and so on
 * @param yaml none if it is Java, or empty
 * @param isRead false if nobody can read it
 */
public record Source(Path file, String text, List<Step> tops, Optional<Yaml> yaml, boolean isRead) {
  /**
   * @throws YamlEngineException when it is no YAML
   */
  public static Source yaml(Path file, String text) {
    Optional<Yaml> document = Yaml.read(text);
    List<Step> tops = document.map(new YamlSteps(file)::read).orElse(List.of());
    return new Source(file, text, tops, document, true);
  }

  /**
   * @param routes that it makes
   */
  public static Source java(Path file, String text, List<RouteDefinition> routes) {
    JavaSteps steps = new JavaSteps(file);
    return new Source(
        file, text, routes.stream().map(steps::route).toList(), Optional.empty(), true);
  }

  /** One that nothing can be read of. */
  public static Source unread(Path file, String text) {
    return new Source(file, text, List.of(), Optional.empty(), false);
  }

  /** A line as it is written, without what is around it. */
  public String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("").strip();
  }

  public Stream<Step> steps() {
    return tops.stream().flatMap(Step::all);
  }

  public Stream<Step> routes() {
    return steps().filter(step -> step.kind().equals("route"));
  }

  /** Which of its rules this file may break, and why. */
  public Allowances allowances() {
    return Allowances.of(text);
  }
}
