package courier.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * The records that instances of Courier write for each other, as JSON: a newer one may say more
 * than is known here, and none says less.
 */
public final class RecordJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RecordJson() {}

  /**
   * @return null when it says {@code null}
   * @throws IOException when it is none of this type
   */
  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return JSON.readValue(json, type);
  }

  public static byte[] write(Object said) throws JsonProcessingException {
    return JSON.writeValueAsBytes(said);
  }

  public static String text(Object said) throws JsonProcessingException {
    return JSON.writeValueAsString(said);
  }
}
