package courier.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the pages name is there: classes, tests, and of the architecture routes, topics and keys.
 */
class NamesTest {
  private static final String CLASS = "[A-Z][A-Za-z0-9]+(\\.[a-z]\\w+)?";
  private static final String NAME = "[a-z0-9]+([.-][a-z0-9]+)+";

  private final Map<String, String> classes = read("src", ".java");
  private final String routes =
      String.join("\n", read("routes", "").values())
          + Document.of("application.properties").text()
          + String.join("\n", classes.keySet());

  @Test
  void ofClassesAndTestsAreThere() {
    List<String> lost =
        Stream.of("docs/architecture.md", "CONTRIBUTING.md", "SECURITY.md")
            .flatMap(NamesTest::named)
            .filter(name -> name.matches(CLASS) && isNot(name))
            .toList();
    assertEquals(List.of(), lost);
  }

  @Test
  void ofRoutesAndSettingsAreThere() {
    List<String> lost =
        named("docs/architecture.md")
            .filter(name -> name.matches(NAME) && !routes.contains(name) && !isRoom(name))
            .toList();
    assertEquals(List.of(), lost);
  }

  private static Stream<String> named(String page) {
    return Document.of(page).all("`([^`\n]+)`").stream();
  }

  private static boolean isRoom(String name) {
    return Files.isDirectory(Path.of("src/main/java/courier", name.split("\\.")));
  }

  private boolean isNot(String name) {
    String[] parts = name.split("\\.");
    String text = classes.get(parts[0] + ".java");
    return text == null || parts.length > 1 && !text.contains("void " + parts[1] + "(");
  }

  private static Map<String, String> read(String folder, String ending) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().endsWith(ending)) {
          texts.merge(file.getFileName().toString(), Files.readString(file), String::concat);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
