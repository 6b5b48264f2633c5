package courier.chaos.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A line of the ledger.
 *
 * @param at milliseconds since the run began
 * @param who a sender, a listener, a part or a fault
 * @param id what was sent: a message's text, which no other message has, or the poison's value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entry(long at, String who, What what, String id, String detail) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  static Entry parse(String line) {
    try {
      return JSON.readValue(line, Entry.class);
    } catch (JsonProcessingException e) {
      throw new HarnessFault("not a line of the ledger: " + line, e);
    }
  }

  @Override
  public String toString() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new HarnessFault("cannot be written to the ledger: " + id, e);
    }
  }
}
