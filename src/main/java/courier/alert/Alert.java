package courier.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person is to look at.
 *
 * @param id the same for the same, so that it is said once
 * @param kind {@code dead-letter-group}, {@code dead-letter-rate}, {@code bulk-replay} or {@code
 *     outage}
 * @param text in a sentence
 */
public record Alert(String id, String kind, String text) {
  private static final JsonMapper JSON = new JsonMapper();

  /** {@code {"id","kind","text","link"}}; the text has the link too, for who shows nothing else. */
  String json(String link) throws JsonProcessingException {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("kind", kind);
    members.put("text", text + " " + link);
    members.put("link", link);
    return JSON.writeValueAsString(members);
  }
}
