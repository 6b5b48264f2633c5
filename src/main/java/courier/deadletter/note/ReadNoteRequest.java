package courier.deadletter.note;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.deadletter.DeskRequest;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.http.body.JsonSchema;
import courier.mongodb.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;

/** Reads what a person says of a dead letter, or of a group of them. */
public final class ReadNoteRequest {
  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public ReadNoteRequest(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /**
   * The id is the path's; {@code by}, {@code text} or {@code why}, {@code add} and {@code remove}
   * are the body's. Who has signed in is the variable {@code by}, and nobody else then.
   *
   * @throws Refusal 400
   */
  public NoteRequest read(Message request) {
    ObjectNode sent = JsonBody.read(request, schema);
    String id = StoredDocument.id(request);
    String signedIn = request.getExchange().getVariable("by", String.class);
    request.removeHeaders("*");
    return new NoteRequest(
        id,
        signedIn != null ? signedIn : sent.path("by").asText(DeskRequest.UNKNOWN),
        sent.path(sent.has("why") ? "why" : "text").textValue(),
        tags("add", sent),
        tags("remove", sent));
  }

  /** Without blanks around them. */
  private static List<String> tags(String member, ObjectNode sent) {
    List<String> tags = new ArrayList<>();
    for (JsonNode each : sent.path(member)) {
      String tag = each.textValue().strip();
      if (tag.isEmpty()) {
        throw new Refusal(member, "has a tag that is empty: leave it out");
      }
      if (tag.chars().anyMatch(Character::isISOControl)) {
        throw new Refusal(member, "has a tag with an end of line or the like: leave that out");
      }
      tags.add(tag);
    }
    return tags;
  }
}
