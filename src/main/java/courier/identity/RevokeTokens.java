package courier.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.http.body.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** Makes the record of what an operator revokes. */
public final class RevokeTokens {
  private static final byte[] DONE = "{\"success\":true}".getBytes(StandardCharsets.UTF_8);

  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public RevokeTokens(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /**
   * Leaves the record, and its key as the variable {@code key}, of {@code {"token"}} or {@code
   * {"person"}}.
   *
   * @throws Refusal 400
   */
  public void record(Message request, @Variable("by") String by) throws JsonProcessingException {
    ObjectNode sent = JsonBody.read(request, schema);
    if (sent.size() != 1) {
      throw new Refusal(400, "Send either `token`, which is its jti, or `person`.");
    }
    Revocation revocation =
        new Revocation(
            sent.path("token").textValue(),
            sent.path("person").textValue(),
            Instant.now().toString(),
            by);
    request.getExchange().setVariable("key", revocation.key());
    request.setBody(revocation.toJson());
  }

  public void answer(Message answer) {
    JsonBody.write(answer, DONE);
  }
}
