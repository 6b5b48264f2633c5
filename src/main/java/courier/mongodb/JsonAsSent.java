package courier.mongodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Map;

/**
 * A JSON object as maps, lists, strings, numbers and so on that are the same text again when they
 * are written, but for blanks and the escapes of strings. A number that would be another text is a
 * {@link NumberAsSent}.
 */
public final class JsonAsSent {
  /** Each takes a place in memory of many times its bytes. */
  private static final int MOST_TOKENS = 1_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .addModule(new SimpleModule().addDeserializer(Number.class, new Numbers()))
          .build();

  private static final ObjectReader READER = JSON.readerForMapOf(Object.class);

  private JsonAsSent() {}

  /**
   * @param json UTF-8
   * @return null when it is {@code null}
   * @throws JsonProcessingException when it is no object, or has a member twice
   */
  public static Map<String, Object> read(byte[] json) throws IOException {
    return READER.readValue(json);
  }

  static Map<String, Object> read(String json) throws JsonProcessingException {
    return READER.readValue(json);
  }

  private static final class Numbers extends StdDeserializer<Number> {
    private static final long serialVersionUID = 1L;

    Numbers() {
      super(Number.class);
    }

    @Override
    public Number deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getText();
      return switch (json.getNumberType()) {
        case INT -> NumberAsSent.of(text, json.getIntValue());
        case LONG -> NumberAsSent.of(text, json.getLongValue());
        case BIG_INTEGER -> NumberAsSent.of(text, Double.NaN);
        default -> NumberAsSent.of(text, json.getDoubleValue());
      };
    }
  }
}
