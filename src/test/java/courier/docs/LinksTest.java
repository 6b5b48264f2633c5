package courier.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages of the documentation point at, and show, is there. */
class LinksTest {
  private static final String LINK = "\\]\\(((?!https?:)[^)]+)\\)";

  @Test
  void leadToAFileAndToAHeadingInIt() {
    List<String> lost =
        Document.all().stream()
            .flatMap(page -> page.all(LINK).stream().filter(link -> !leads(page, link)))
            .toList();
    assertEquals(List.of(), lost);
  }

  @Test
  void nameOnlyKeysOfTheConfiguration() throws IOException {
    Properties properties = new Properties();
    try (var file = Files.newBufferedReader(Path.of("application.properties"))) {
      properties.load(file);
    }
    List<String> unknown =
        Stream.of("docs/configuration.md", "docs/operations.md")
            .flatMap(page -> Document.of(page).all("(?m)^\\| (`[a-z-]+\\.[^|]*) \\|").stream())
            .flatMap(keys -> Stream.of(keys.replace("`", "").split(", ")))
            .filter(key -> !properties.containsKey(key))
            .toList();
    assertEquals(List.of(), unknown);
  }

  /** Else all that follows is code, and what is to be run is not. */
  @Test
  void closeEachBlock() {
    assertEquals(
        List.of(),
        Document.all().stream()
            .filter(page -> page.all("(?m)^(```)").size() % 2 > 0)
            .map(Document::path)
            .toList());
  }

  @Test
  void showTheFilterAsItIs() throws IOException {
    String route = Files.readString(Path.of("routes/client-b/handle-records.camel.yaml"));
    for (String line : Document.of("README.md").blocks("yaml").get(0).split("\n")) {
      assertTrue(route.contains(line.strip().replaceFirst("^- ", "")), line);
    }
  }

  private static boolean leads(Document page, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
  }

  /** As GitHub names their anchors. */
  private static List<String> headings(Path file) {
    return Document.of(file.toString()).all("(?m)^#+ ([^\n]*)$").stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }
}
