package courier.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.JsonBody;
import courier.http.JsonSchema;
import courier.http.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a person asks the desk to do to one dead letter. */
public final class DeskRequest {
  /** Who acts when the request does not say. */
  static final String UNKNOWN = "unknown";

  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public DeskRequest(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /**
   * Takes {@code {"by","value"}} from the body, all of it optional, and leaves the id as the body.
   *
   * @throws Refusal 400
   */
  public void read(Exchange exchange) throws IOException {
    Message request = exchange.getMessage();
    ObjectNode sent = JsonBody.read(request, schema);
    exchange.setVariable("by", sent.path("by").asText(UNKNOWN));
    exchange.setVariable("edited", edited(sent.get("value")));
    exchange.setVariable("id", request.getHeader("id", String.class));
    request.removeHeaders("*");
    request.setBody(exchange.getVariable("id"));
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
