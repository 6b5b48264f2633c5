package courier.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.DisallowUnknownKeywordFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import courier.http.Problem;
import courier.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks a request's body against a JSON Schema (draft 2020-12, and the keyword {@code maxBytes})
 * of an object, and tells everything that is wrong with it at once. The schema's {@code examples}
 * and its properties' {@code description}s ("the receiver's name") become part of what the client
 * reads.
 */
public final class JsonSchema {
  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .keyword(new MaxBytes())
          // A misspelt keyword would be a check that never happens.
          .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
          .build();

  private final com.networknt.schema.JsonSchema schema;
  private final String hint;

  /**
   * @param path the schema's file
   * @throws IllegalArgumentException if it cannot be read or is no JSON Schema
   */
  public JsonSchema(String path) {
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      schema =
          JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
              .metaSchema(DIALECT)
              .build()
              .getSchema(file);
      schema.initializeValidators();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("Cannot use the JSON Schema in " + path + ": " + e, e);
    }
    JsonNode example = schema.getSchemaNode().path("examples").path(0);
    hint = "Send a JSON object" + (example.isMissingNode() ? "." : " such as " + example + ".");
  }

  /**
   * @param body UTF-8 JSON, or null
   * @throws Refusal 400, saying which fields and what to do
   */
  public ObjectNode check(byte[] body) {
    if (!(StrictJson.read(body, hint) instanceof ObjectNode object)) {
      throw new Refusal(400, "The body is not a JSON object. " + hint);
    }
    Set<ValidationMessage> violations = schema.validate(object);
    if (violations.isEmpty()) {
      return object;
    }
    throw new Refusal(violations.stream().map(this::error).toList());
  }

  private Problem.FieldError error(ValidationMessage violation) {
    return new Problem.FieldError(field(violation), detail(violation));
  }

  private static String field(ValidationMessage violation) {
    JsonNodePath path = violation.getInstanceLocation();
    List<String> names =
        IntStream.range(0, path.getNameCount())
            .mapToObj(path::getName)
            .collect(Collectors.toList());
    if (violation.getProperty() != null) {
      names.add(violation.getProperty());
    }
    return String.join("/", names);
  }

  private String detail(ValidationMessage violation) {
    Object[] about = violation.getArguments();
    return switch (violation.getType()) {
      case "required" -> "is missing: add " + described(violation.getProperty());
      case "type" -> "is of type " + about[0] + ": send a " + about[1];
      case "minLength" ->
          (violation.getInstanceNode().asText().isEmpty() ? "is empty" : "is too short")
              + ": add "
              + described(field(violation));
      case "additionalProperties" -> "is not known here: leave it out";
      case "maxLength" -> "is longer than " + about[0] + " characters: shorten it";
      case MaxBytes.NAME -> "is longer than " + about[0] + " bytes in UTF-8: shorten it";
      default -> violation.getError();
    };
  }

  private String described(String property) {
    JsonNode properties = schema.getSchemaNode().path("properties");
    return properties.path(property).path("description").asText("it");
  }
}
