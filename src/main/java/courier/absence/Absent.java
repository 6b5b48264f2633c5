package courier.absence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;

/**
 * A message that somebody does not come to get.
 *
 * @param id of the message
 * @param to who is away
 * @param createdAt when it was sent
 */
public record Absent(String id, String from, String to, Instant createdAt) {
  private static final JsonMapper JSON = new JsonMapper();

  static Absent of(Document message) {
    return new Absent(
        message.getString("_id"),
        message.getString("from"),
        message.getString("to"),
        message.getDate("createdAt").toInstant());
  }

  /** {@code {"id","from","to","createdAt"}}; what the message says is for who is away alone. */
  String json() throws JsonProcessingException {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("from", from);
    members.put("to", to);
    members.put("createdAt", createdAt.toString());
    return JSON.writeValueAsString(members);
  }
}
