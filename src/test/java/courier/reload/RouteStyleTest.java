package courier.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** All route files read alike: in the form that Camel calls canonical, and Kaoto writes. */
class RouteStyleTest {
  private static final int MOST_LINES_YAML = 80;
  private static final int MOST_LINES_JAVA = 150;
  private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * A flow mapping or list ({@code {}} has no other form), and a step that is only its endpoint.
   */
  private static final Pattern SHORT =
      Pattern.compile("\\s*((- )*([\\w-]+: )?(\\{(?!})|\\[).*|- toD?: .+)");

  /** Named for what they are about, as they begin with two routes that are equals. */
  private static final Set<String> OF_TWO = Set.of("receipts");

  /** Have no routes. */
  private static final Set<String> OF_BEANS = Set.of("kinds-of-failure", "limits-per-person");

  static List<Path> yaml() throws IOException {
    return files(".camel.yaml").toList();
  }

  private static Stream<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("routes"))) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    }
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".camel.yaml", "");
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void isShortAndInBlockStyle(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertTrue(lines.size() <= MOST_LINES_YAML, () -> lines.size() + " lines");
    for (String line : lines) {
      assertFalse(SHORT.matcher(line).matches(), line);
    }
  }

  @Test
  void isShortIfItIsJava() throws IOException {
    for (Path file : files(".java").toList()) {
      assertTrue(Files.readAllLines(file).size() <= MOST_LINES_JAVA, file::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void everyRouteAndPolicySaysItsNameAndWhatItIsFor(Path file) throws IOException {
    for (Object route : routes(file)) {
      assertKebab(((Map<?, ?>) route).get("id"));
      assertIsSentence(((Map<?, ?>) route).get("description"));
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void isNamedAsItsFirstRoute(Path file) throws IOException {
    if (OF_BEANS.contains(stem(file))) {
      assertEquals(List.of(), routes(file));
    } else if (!OF_TWO.contains(stem(file))) {
      assertEquals(((Map<?, ?>) routes(file).get(0)).get("id"), stem(file));
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void beansAndStepsHaveKebabNamesAndDescriptionsNoFullStop(Path file) throws IOException {
    for (Map<?, ?> entry : entries(file)) {
      if (entry.get("beans") instanceof List<?> beans) {
        beans.forEach(bean -> assertKebab(((Map<?, ?>) bean).get("name")));
      }
    }
    values(entries(file), "id").forEach(RouteStyleTest::assertKebab);
    values(entries(file), "description").forEach(RouteStyleTest::assertIsSentence);
  }

  private static void assertKebab(Object name) {
    assertTrue(name != null && KEBAB.matcher(name.toString()).matches(), () -> "name: " + name);
  }

  private static void assertIsSentence(Object words) {
    String text = String.valueOf(words);
    assertTrue(text.matches("[A-Z0-9].*[^.]"), text);
  }

  private static List<Object> routes(Path file) throws IOException {
    List<Object> routes = new ArrayList<>();
    for (Map<?, ?> entry : entries(file)) {
      Stream.of("route", "routeConfiguration").map(entry::get).forEach(routes::add);
    }
    routes.removeIf(Objects::isNull);
    return routes;
  }

  private static List<Map<?, ?>> entries(Path file) throws IOException {
    List<Map<?, ?>> entries = new ArrayList<>();
    Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    ((List<?>) read).forEach(entry -> entries.add((Map<?, ?>) entry));
    return entries;
  }

  /** All values of this key, wherever it is. */
  private static List<Object> values(Object node, String key) {
    List<Object> found = new ArrayList<>();
    if (node instanceof List<?> list) {
      list.forEach(each -> found.addAll(values(each, key)));
    } else if (node instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> found.addAll(name.equals(key) ? List.of(value) : values(value, key)));
    }
    return found;
  }
}
