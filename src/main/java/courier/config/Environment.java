package courier.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The variables of the environment, and those of {@code .env} that it does not have. What {@code X}
 * says may also be in a file, as containers mount secrets, which {@code X_FILE} names.
 */
record Environment(Map<String, String> variables) {
  private static final String FILE = "_FILE";

  /** What they say is a file's name anyway. */
  private static final Set<String> OF_FILES = Set.of("TLS_CERTIFICATE", "TLS_KEY");

  static Environment of(Path directory, Map<String, String> environment) {
    Map<String, String> variables = DotenvFile.read(directory);
    environment.forEach((name, value) -> variables.remove(value.isBlank() ? "" : other(name)));
    variables.putAll(environment);
    return new Environment(variables);
  }

  /** The variable of a key. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The variable that says the same in the other way. */
  private static String other(String variable) {
    return variable.endsWith(FILE)
        ? variable.substring(0, variable.length() - FILE.length())
        : variable + FILE;
  }

  /**
   * What a variable says, or the file that it names; one that is blank says nothing.
   *
   * @throws StartupException if both do, or the file cannot be read
   */
  Optional<String> get(String variable) {
    Optional<String> value = said(variable);
    Optional<String> file = said(variable + FILE);
    if (value.isPresent() && file.isPresent()) {
      throw new StartupException(
          "%s and %s are both set: leave one of them out.".formatted(variable, variable + FILE));
    }
    if (file.isEmpty() || OF_FILES.contains(variable)) {
      return file.or(() -> value);
    }
    return file.map(path -> read(variable + FILE, path));
  }

  private Optional<String> said(String variable) {
    return Optional.ofNullable(variables.get(variable))
        .filter(value -> !value.isBlank())
        .map(String::trim);
  }

  private static String read(String variable, String file) {
    try {
      // Whoever writes a line to a file ends it.
      String text = Files.readString(Path.of(file)).replaceFirst("\\R$", "");
      if (!text.isBlank()) {
        return text;
      }
      throw new StartupException(
          "%s is %s, and that file is empty: write the value into it.".formatted(variable, file));
    } catch (IOException | InvalidPathException e) {
      throw new StartupException(
          "%s is %s, which cannot be read as a file of text (%s): put it there, or let Courier's user read it."
              .formatted(variable, file, e.getClass().getSimpleName()));
    }
  }

  /**
   * What is said of keys that begin so, by the rest of the key, which has dots alone.
   *
   * @param isKey whether there is such a key, by its rest, though it ends as if it named a file
   */
  Map<String, String> under(String prefix, Predicate<String> isKey) {
    Map<String, String> found = new TreeMap<>();
    for (String variable : variables.keySet()) {
      if (variable.startsWith(variable(prefix))) {
        boolean isFile = variable.endsWith(FILE) && !isKey.test(rest(prefix, variable));
        String meant = isFile ? other(variable) : variable;
        get(meant).ifPresent(value -> found.put(rest(prefix, meant), value));
      }
    }
    return found;
  }

  private static String rest(String prefix, String variable) {
    return variable.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
