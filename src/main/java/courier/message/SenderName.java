package courier.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import courier.socketio.SocketioConstants;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Who emits a message need not say once more who it is. */
public final class SenderName {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String FROM = "from";

  private SenderName() {}

  /**
   * The message with the sender's name in it, and else as it was sent. What is no JSON object is
   * left as it is, for others to refuse.
   *
   * @param message JSON
   * @param name that the client connected with
   */
  public static String add(@Body String message, @Header(SocketioConstants.ROOM) String name)
      throws IOException {
    if (message == null || name == null || !needsName(message)) {
      return message;
    }
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(name));
    int begin = message.indexOf('{') + 1;
    String more = message.substring(begin).stripLeading().startsWith("}") ? "" : ",";
    return message.substring(0, begin)
        + "\"from\":\""
        + quoted
        + '"'
        + more
        + message.substring(begin);
  }

  private static boolean needsName(String message) throws IOException {
    try (JsonParser parser = JSON.createParser(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(FROM)) {
          return false;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return true;
    }
  }
}
