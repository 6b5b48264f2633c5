package courier.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The variables of the environment, and those of {@code .env} that it does not have. */
record Environment(Map<String, String> variables) {
  static Environment of(Path directory, Map<String, String> environment) {
    Map<String, String> variables = DotenvFile.read(directory);
    variables.putAll(environment);
    return new Environment(variables);
  }

  /** The variable of a key. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** What a variable says; one that is blank says nothing. */
  Optional<String> get(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .filter(value -> !value.isBlank())
        .map(String::trim);
  }

  /** What is said of keys that begin so, by the rest of the key, which has dots alone. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    for (String variable : variables.keySet()) {
      if (variable.startsWith(variable(prefix))) {
        String rest = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
        get(variable).ifPresent(value -> found.put(rest.replace('_', '.'), value));
      }
    }
    return found;
  }
}
