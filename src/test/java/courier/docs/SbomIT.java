package courier.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The list of what is shipped names each part that Courier runs with, and no other. */
@DisabledIfSystemProperty(
    named = "offline",
    matches = "true",
    disabledReason = "the plugin that makes it does not run offline")
class SbomIT {
  /** Of a part with code for one system, in its package URL. */
  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  @Test
  void namesWhatCourierRunsWith() throws IOException {
    Path file = Path.of("target/courier-sbom.json");
    JsonNode sbom = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    Set<String> listed =
        sbom.get("components").valueStream().map(SbomIT::jar).collect(Collectors.toSet());

    assertEquals(new TreeSet<>(classPath()), new TreeSet<>(listed));
  }

  private static String jar(JsonNode part) {
    Matcher of = CLASSIFIER.matcher(part.get("purl").textValue());
    return "lib/%s-%s%s.jar"
        .formatted(
            part.get("name").textValue(),
            part.get("version").textValue(),
            of.find() ? "-" + of.group(1) : "");
  }

  private static Set<String> classPath() throws IOException {
    try (JarFile courier = new JarFile("target/courier.jar")) {
      String path = courier.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return Stream.of(path.split(" "))
          .filter(jar -> !jar.equals("lib/courier-store.jar")) // Courier's own
          .collect(Collectors.toSet());
    }
  }
}
