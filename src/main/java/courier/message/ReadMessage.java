package courier.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;

/** Reads a record of {@code client-messages}: {@code {"id","from","to","message","createdAt"}}. */
public final class ReadMessage {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerForMapOf(Object.class);

  /**
   * Reads one record. Without an {@code id} it is the record's position; without {@code createdAt}
   * it is the record's timestamp. Members that are not known here are kept.
   *
   * @throws PoisonException when it is no such object
   */
  public ReceivedMessage read(Message record) throws PoisonException {
    Map<String, Object> members = parse(record.getBody());
    text(members, "from");
    text(members, "to");
    text(members, "message");
    String topic = record.getHeader(KafkaConstants.TOPIC, String.class);
    int partition = record.getHeader(KafkaConstants.PARTITION, Integer.class);
    long offset = record.getHeader(KafkaConstants.OFFSET, Long.class);
    if (members.get("id") == null) {
      members.put("id", topic + "-" + partition + "-" + offset);
    }
    text(members, "id");
    return new ReceivedMessage(
        members, createdAt(members, record), record.copy(), partition, offset);
  }

  private static Map<String, Object> parse(Object value) throws PoisonException {
    if (!(value instanceof byte[] bytes)) {
      throw new PoisonException("the record has no value");
    }
    try {
      LinkedHashMap<String, Object> members = JSON.readValue(bytes);
      if (members == null) {
        throw new PoisonException("not a JSON object: null");
      }
      return members;
    } catch (JacksonException e) {
      throw new PoisonException("not a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new PoisonException("not UTF-8: " + e.getMessage());
    }
  }

  private static void text(Map<String, Object> members, String name) throws PoisonException {
    if (!(members.get(name) instanceof String text) || text.isEmpty()) {
      throw new PoisonException("`" + name + "` is missing, empty or not a string");
    }
  }

  private static Instant createdAt(Map<String, Object> members, Message record)
      throws PoisonException {
    Object createdAt = members.get("createdAt");
    if (createdAt == null) {
      return Instant.ofEpochMilli(record.getHeader(KafkaConstants.TIMESTAMP, Long.class));
    }
    try {
      return OffsetDateTime.parse((String) createdAt).toInstant();
    } catch (ClassCastException | DateTimeParseException e) {
      throw new PoisonException("`createdAt` is not an RFC 3339 time: " + createdAt);
    }
  }
}
