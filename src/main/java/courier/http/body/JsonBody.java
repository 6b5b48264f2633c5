package courier.http.body;

import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The JSON of a request that may do without any, and of an answer. */
public final class JsonBody {
  private static final byte[] NONE = "{}".getBytes(StandardCharsets.UTF_8);

  private JsonBody() {}

  /**
   * @return the body, an empty object when there is none
   * @throws Refusal 400 when it does not fit the schema, 415 when it is said to be something else
   */
  public static ObjectNode read(Message request, JsonSchema schema) {
    byte[] body = request.getBody(byte[].class);
    boolean empty = body == null || body.length == 0;
    String type = request.getHeader(Exchange.CONTENT_TYPE, "", String.class);
    if (!empty && !type.startsWith("application/json")) {
      throw new Refusal(415, "Send the body as application/json, or none.");
    }
    return schema.check(empty ? NONE : body);
  }

  /** Makes an answer of it: UTF-8 JSON. */
  public static void write(Message answer, byte[] json) {
    answer.removeHeaders("*", Exchange.HTTP_RESPONSE_CODE, "Location");
    answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
    answer.setBody(json);
  }
}
