package courier.reload.save;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a route file has that other files name.
 *
 * @param beans by which other files are made: these keep the one they found
 * @param policies the ids of its error policies
 */
record SharedNames(Set<String> beans, Set<String> policies) {
  /** Those that a file with this text declares: none if it is Java. */
  static SharedNames of(Path file, String text) {
    Set<String> beans = new LinkedHashSet<>();
    Set<String> policies = new LinkedHashSet<>();
    if (file.toString().endsWith(".yaml")
        && new Load(LoadSettings.builder().build()).loadFromString(text) instanceof List<?> all) {
      for (Object entry : all) {
        if (entry instanceof Map<?, ?> map && map.get("beans") instanceof List<?> some) {
          some.forEach(bean -> beans.add(String.valueOf(((Map<?, ?>) bean).get("name"))));
        }
        if (entry instanceof Map<?, ?> map
            && map.get("routeConfiguration") instanceof Map<?, ?> p) {
          policies.add(String.valueOf(p.get("id")));
        }
      }
    }
    return new SharedNames(beans, policies);
  }

  /** Those of several files together. */
  static SharedNames of(Map<Path, String> texts) {
    SharedNames all = new SharedNames(new LinkedHashSet<>(), new LinkedHashSet<>());
    texts.forEach(
        (file, text) -> {
          SharedNames some = of(file, text);
          all.beans.addAll(some.beans);
          all.policies.addAll(some.policies);
        });
    return all;
  }

  /** Those that others have not. */
  SharedNames without(SharedNames others) {
    Set<String> rest = new LinkedHashSet<>(beans);
    rest.removeAll(others.beans);
    Set<String> left = new LinkedHashSet<>(policies);
    left.removeAll(others.policies);
    return new SharedNames(rest, left);
  }

  boolean areBeansOf(String text) {
    return beans.stream().anyMatch(name -> mention(name).matcher(text).find());
  }

  /** As {@code ref: name}, {@code ref: {expression: name}} in either style, {@code #bean:name}. */
  private static Pattern mention(String name) {
    return Pattern.compile(
        "((ref|expression):\\s*|#(bean:)?)[\"']?" + Pattern.quote(name) + "\\b(?!-)");
  }
}
