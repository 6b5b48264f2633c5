package courier.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.kafka.Place;
import java.io.IOException;

/**
 * What can be read of a message that could not be handled.
 *
 * @param sender its {@code from}, or null
 * @param id its {@code id}; the record's place when it has none; null when it is no message
 */
record MessageFacts(String sender, String id) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final MessageFacts NONE = new MessageFacts(null, null);

  /**
   * @param value may be null, or anything
   * @param place of the record it was at first
   */
  static MessageFacts of(byte[] value, Place place) {
    if (value == null) {
      return NONE;
    }
    try {
      JsonNode message = JSON.readTree(value);
      String id = message.path("id").textValue();
      return new MessageFacts(
          message.path("from").textValue(),
          id != null || !message.isObject() ? id : place.toString());
    } catch (IOException e) {
      return NONE; // neither JSON nor UTF-8 perhaps, but a dead letter
    }
  }
}
