package courier.deadletter.bulk;

import courier.http.body.JsonBody;
import courier.http.body.JsonSchema;
import org.apache.camel.Message;

/** Reads which dead letters a person wants to have replayed. */
public final class ReadBulkRequest {
  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public ReadBulkRequest(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /** Who has signed in is the variable {@code by}, and nobody else then. */
  public BulkRequest read(Message request) {
    String signedIn = request.getExchange().getVariable("by", String.class);
    BulkRequest read = BulkRequest.of(JsonBody.read(request, schema), signedIn);
    request.removeHeaders("*");
    return read;
  }
}
