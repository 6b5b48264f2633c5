package courier.check.mistake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The schema of Camel's YAML, in its draft 4; read when it is asked for the first time. */
final class CamelSchema {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonNode TEXT = read();
  private static final JsonSchema SCHEMA = schema();

  private CamelSchema() {}

  private static JsonNode read() {
    try (InputStream file = CamelSchema.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      return new JsonMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema schema() {
    JsonMetaSchema draft =
        JsonMetaSchema.builder(JsonMetaSchema.getV4())
            // Camel's own word, and no mistake.
            .keyword(new NonValidationKeyword("deprecated"))
            .build();
    return JsonSchemaFactory.getInstance(
            VersionFlag.V4,
            factory -> factory.metaSchema(draft).defaultMetaSchemaIri(draft.getIri()))
        .getSchema(
            TEXT,
            SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .preloadJsonSchema(false)
                .build());
  }

  static Set<ValidationMessage> mistakes(String yaml) {
    try {
      return SCHEMA.validate(YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      return Set.of(); // said before, by who read it with lines
    }
  }

  /** The keys that could be where an unknown one is. */
  static List<String> siblings(ValidationMessage mistake) {
    List<String> keys = new ArrayList<>();
    String pointer = mistake.getSchemaLocation().toString().replaceFirst("^[^#]*#", "");
    String object = pointer.replaceFirst("(/(oneOf|anyOf)/\\d+)*/[^/]+$", "");
    TEXT.at(object + "/properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  static List<String> choices(ValidationMessage mistake) {
    List<String> choices = new ArrayList<>();
    mistake.getSchemaNode().forEach(each -> choices.add(each.asText()));
    return choices;
  }
}
