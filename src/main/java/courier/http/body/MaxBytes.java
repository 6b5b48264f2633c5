package courier.http.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbstractKeyword;
import com.networknt.schema.BaseJsonValidator;
import com.networknt.schema.CustomErrorMessageType;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The keyword {@code maxBytes}: the longest a string may be in UTF-8, for which JSON Schema has no
 * word.
 */
final class MaxBytes extends AbstractKeyword {
  static final String NAME = "maxBytes";
  private static final int MOST_BYTES_OF_A_CHAR = 3;

  MaxBytes() {
    super(NAME);
  }

  @Override
  public JsonValidator newValidator(
      SchemaLocation location,
      JsonNodePath path,
      JsonNode limit,
      JsonSchema parent,
      ValidationContext context) {
    return new Validator(location, path, limit, parent, this, context);
  }

  private static final class Validator extends BaseJsonValidator {
    private final int limit;

    Validator(
        SchemaLocation location,
        JsonNodePath path,
        JsonNode limit,
        JsonSchema parent,
        MaxBytes keyword,
        ValidationContext context) {
      super(
          location, path, limit, parent, CustomErrorMessageType.of(NAME), keyword, context, false);
      this.limit = limit.asInt();
    }

    @Override
    public Set<ValidationMessage> validate(
        ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath instance) {
      if (!node.isTextual() || fits(node.textValue())) {
        return Set.of();
      }
      return Set.of(
          message().instanceNode(node).instanceLocation(instance).arguments(limit).build());
    }

    private boolean fits(String text) {
      return text.length() <= limit / MOST_BYTES_OF_A_CHAR
          || (text.length() <= limit && text.getBytes(StandardCharsets.UTF_8).length <= limit);
    }
  }
}
