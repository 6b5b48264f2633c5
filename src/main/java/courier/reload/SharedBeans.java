package courier.reload;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The beans of a route file, by which other files are made: these keep the one they found. */
record SharedBeans(Set<String> names) {
  /** Those that a file with this text declares: none if it is Java. */
  static SharedBeans of(Path file, String text) {
    Set<String> names = new LinkedHashSet<>();
    if (file.toString().endsWith(".yaml")
        && new Load(LoadSettings.builder().build()).loadFromString(text) instanceof List<?> all) {
      for (Object entry : all) {
        if (entry instanceof Map<?, ?> map && map.get("beans") instanceof List<?> beans) {
          beans.forEach(bean -> names.add(String.valueOf(((Map<?, ?>) bean).get("name"))));
        }
      }
    }
    return new SharedBeans(names);
  }

  boolean areUsedBy(String text) {
    return names.stream().anyMatch(name -> mention(name).matcher(text).find());
  }

  /** As {@code ref: name}, {@code ref: {expression: name}} in either style, {@code #bean:name}. */
  private static Pattern mention(String name) {
    return Pattern.compile(
        "((ref|expression):\\s*|#(bean:)?)[\"']?" + Pattern.quote(name) + "\\b(?!-)");
  }
}
