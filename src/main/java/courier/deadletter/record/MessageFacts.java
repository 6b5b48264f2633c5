package courier.deadletter.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import courier.kafka.Place;
import java.io.IOException;

/**
 * What can be read of a message that could not be handled.
 *
 * @param sender its {@code from}, or null
 * @param id its {@code id}; the record's place when it has none; null when it is no message
 */
public record MessageFacts(String sender, String id) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final MessageFacts NONE = new MessageFacts(null, null);

  /** Characters of a sender or an id by which a dead letter is found. */
  private static final int LONGEST = 1024;

  /**
   * @param value may be null, or anything
   * @param place of the record it was at first
   */
  public static MessageFacts of(byte[] value, Place place) {
    try (JsonParser json = JSON.createParser(value == null ? new byte[0] : value)) {
      return json.nextToken() == JsonToken.START_OBJECT ? read(json, place) : NONE;
    } catch (IOException e) {
      return NONE; // neither JSON nor UTF-8 perhaps, but a dead letter
    }
  }

  private static MessageFacts read(JsonParser json, Place place) throws IOException {
    String sender = null;
    String id = place.toString();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
      if (isText && member.equals("from")) {
        sender = bounded(json.getText());
      } else if (isText && member.equals("id")) {
        id = bounded(json.getText());
      }
      json.skipChildren();
    }
    return new MessageFacts(sender, id);
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : null;
  }
}
