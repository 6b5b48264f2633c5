package courier.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The component's reference page says what its catalogue entry says. {@code -Dreference.write}
 * writes it.
 */
class ReferencePageTest {
  private static final Set<String> OF_EVERY_COMPONENT =
      Set.of(
          "autowiredEnabled",
          "bridgeErrorHandler",
          "exceptionHandler",
          "exchangePattern",
          "lazyStartProducer");

  private static final Path PAGE = Path.of("docs/socketio-component.md");
  private static final String MARK = "<!-- From here on it is made from the catalogue entry. -->\n";

  @Test
  void saysWhatTheCatalogueSays() throws IOException {
    String page = Files.readString(PAGE);
    String own = page.substring(0, page.indexOf(MARK) + MARK.length());
    String wanted = own + tables(catalogue());
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(PAGE, wanted);
    }
    assertEquals(wanted, page, "run it with -Dreference.write=true");
  }

  private static JsonNode catalogue() throws IOException {
    try (InputStream entry =
        SocketioComponent.class.getResourceAsStream("/META-INF/courier/socketio/socketio.json")) {
      return new JsonMapper().readTree(entry);
    }
  }

  private static String tables(JsonNode entry) {
    return "\n## Endpoint\n\n`"
        + entry.at("/component/syntax").asText()
        + "`\n\n"
        + table("Option", entry.get("properties"), option -> true)
        + "\n## Component\n\n`camel.component.socketio.…`\n\n"
        + table("Option", entry.get("componentProperties"), option -> !isConfiguration(option))
        + "\n## Headers\n\n"
        + table("Header", entry.get("headers"), option -> true);
  }

  /** All its members stand beside it. */
  private static boolean isConfiguration(JsonNode option) {
    return option.path("javaType").asText().startsWith("courier.");
  }

  private static String table(String name, JsonNode options, Predicate<JsonNode> shown) {
    return "| %s | For | Default | |\n|---|---|---|---|\n".formatted(name)
        + options.properties().stream()
            .filter(option -> !OF_EVERY_COMPONENT.contains(option.getKey()))
            .filter(option -> shown.test(option.getValue()))
            .map(ReferencePageTest::row)
            .collect(Collectors.joining());
  }

  private static String row(Map.Entry<String, JsonNode> option) {
    JsonNode about = option.getValue();
    String use = about.path("label").asText("").replace(",", ", ");
    String value = about.path("defaultValue").asText("");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            option.getKey(),
            use.isEmpty() ? "both" : use,
            value.isEmpty() ? "" : "`" + value + "`",
            about.path("description").asText().replace("|", "\\|"));
  }
}
