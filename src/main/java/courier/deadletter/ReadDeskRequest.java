package courier.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.http.body.JsonSchema;
import courier.mongodb.StoredDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Message;

/** Reads what a person asks the desk to do to one dead letter. */
public final class ReadDeskRequest {
  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public ReadDeskRequest(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /**
   * The id is the path's, {@code {"by","value","topic"}} the body's, all of it optional. Who has
   * signed in is the variable {@code by}, and nobody else then.
   *
   * @throws Refusal 400
   */
  public DeskRequest read(Message request) throws IOException {
    ObjectNode sent = JsonBody.read(request, schema);
    String id = StoredDocument.id(request);
    String signedIn = request.getExchange().getVariable("by", String.class);
    request.removeHeaders("*");
    return new DeskRequest(
        id,
        signedIn != null ? signedIn : sent.path("by").asText(DeskRequest.UNKNOWN),
        edited(sent.get("value")),
        sent.path("topic").textValue());
  }

  private static byte[] edited(JsonNode value) throws IOException {
    if (value == null) {
      return null;
    }
    try {
      return value.isTextual()
          ? value.textValue().getBytes(StandardCharsets.UTF_8)
          : value.get("base64").binaryValue();
    } catch (IOException e) {
      throw new Refusal("value/base64", "is not base64: encode the bytes after RFC 4648");
    }
  }
}
