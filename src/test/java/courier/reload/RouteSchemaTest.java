package courier.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes are as the schema of Camel's YAML has it, so that an editor that knows it is of help. */
class RouteSchemaTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema SCHEMA = schema();
  private static final String HINT = "# yaml-language-server: $schema=";

  private static JsonSchema schema() {
    try (InputStream file =
        RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      JsonNode schema = new JsonMapper().readTree(file);
      return JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> routes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      return files.filter(f -> f.toString().endsWith(".camel.yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void hasNoMistakeForAnEditor(Path route) throws IOException {
    // What Camel bears and its schema does not: a placeholder as a number, and a number as a time.
    String text =
        Files.readString(route)
            .replace("maximumRedeliveries: \"{{retry.attempts}}\"", "maximumRedeliveries: 3")
            .replace("maximumRedeliveryDelay: 60000", "maximumRedeliveryDelay: \"60000\"");
    List<String> mistakes =
        SCHEMA.validate(YAML.readTree(text)).stream().map(ValidationMessage::toString).toList();
    assertEquals(List.of(), mistakes);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void namesTheSchemaOfThisCamelIfAny(Path route) throws IOException {
    String first = Files.readAllLines(route).get(0);
    String version = new DefaultCamelContext().getVersion();
    assertTrue(!first.startsWith(HINT) || first.contains("/camel-" + version + "/"), first);
  }
}
