package courier.socketio.packet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Arguments as a JSON array. Bytes are not in it but beside it, as attachments, each with a
 * placeholder {@code {"_placeholder":true,"num":0}} where it belongs.
 */
public final class ArgumentsJson {
  private static final String PLACEHOLDER = "_placeholder";
  private static final String NUMBER = "num";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(new SimpleModule().addSerializer(byte[].class, new Attaching()))
          .build();

  private final StringJoiner array = new StringJoiner(",", "[", "]");
  private final List<byte[]> attachments = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if Jackson cannot write it
   */
  void add(Object argument) {
    try {
      array.add(
          argument instanceof RawValue text
              ? checked(text.rawValue().toString())
              : JSON.writer()
                  .withAttribute(ArgumentsJson.class, attachments)
                  .writeValueAsString(argument));
    } catch (IOException e) {
      throw new IllegalArgumentException("An argument cannot be written as JSON", e);
    }
  }

  /** As it is, if it is one value. */
  private static String checked(String json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      boolean hasValue = parser.nextToken() != null;
      parser.skipChildren();
      if (!hasValue || parser.nextToken() != null) {
        throw new JsonParseException(parser, "It is not one JSON value");
      }
      return json;
    }
  }

  List<byte[]> attachments() {
    return attachments;
  }

  @Override
  public String toString() {
    return array.toString();
  }

  /**
   * An argument as Jackson reads it, with the bytes of its attachments.
   *
   * @throws IllegalArgumentException if there is no such attachment
   */
  public static Object read(String json, List<byte[]> attachments) {
    try {
      Object argument = JSON.readValue(json, Object.class);
      return attachments.isEmpty() ? argument : attached(argument, attachments);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("An argument cannot be read", e);
    }
  }

  @SuppressWarnings("unchecked") // as Jackson reads JSON
  private static Object attached(Object json, List<byte[]> attachments) {
    if (json instanceof List<?>) {
      ((List<Object>) json).replaceAll(element -> attached(element, attachments));
    } else if (json instanceof Map<?, ?> object) {
      if (Boolean.TRUE.equals(object.get(PLACEHOLDER))) {
        if (object.get(NUMBER) instanceof Integer number
            && number >= 0
            && number < attachments.size()) {
          return attachments.get(number);
        }
        throw new IllegalArgumentException("There is no such attachment");
      }
      ((Map<String, Object>) json).replaceAll((name, value) -> attached(value, attachments));
    }
    return json;
  }

  private static final class Attaching extends JsonSerializer<byte[]> {
    @Override
    @SuppressWarnings("unchecked") // as it is set above
    public void serialize(byte[] bytes, JsonGenerator json, SerializerProvider with)
        throws IOException {
      List<byte[]> attachments = (List<byte[]>) with.getAttribute(ArgumentsJson.class);
      json.writeStartObject();
      json.writeBooleanField(PLACEHOLDER, true);
      json.writeNumberField(NUMBER, attachments.size());
      json.writeEndObject();
      attachments.add(bytes);
    }
  }
}
