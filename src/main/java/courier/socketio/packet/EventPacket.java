package courier.socketio.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event that a client emits, {@code 2/namespace,12["name",…]}, or with attachments {@code
 * 51-/namespace,12["name",{"_placeholder":true,"num":0}]} (Socket.IO protocol v5, packet encoding).
 *
 * @param namespace as the client has it; empty is the default one
 * @param ackId of the acknowledgement that is asked for, or null
 * @param arguments each as JSON, letter for letter
 * @param attachments how many packets with the placeholders' bytes come after it
 */
public record EventPacket(
    String namespace, Long ackId, String name, List<String> arguments, int attachments) {
  /** Numbers that are longer are none of this protocol's. */
  private static final Pattern HEADER =
      Pattern.compile("(?:2|5(\\d{1,3})-)(?:(/[^,\\[]{0,200}),)?(\\d{1,15})?(?=\\[)");

  /** Names that only the library's own events have. */
  private static final Set<String> RESERVED =
      Set.of("connect", "connect_error", "disconnect", "disconnecting");

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @param text without the type of the Engine.IO message
   * @throws IOException when it is none
   */
  public static EventPacket parse(String text) throws IOException {
    Matcher header = HEADER.matcher(text);
    if (!header.lookingAt()) {
      throw new IOException("it is no event");
    }
    List<String> values = values(text.substring(header.end()));
    if (values.isEmpty()) {
      throw new IOException("an event has a name");
    }
    String namespace =
        header.group(2) == null || header.group(2).equals("/") ? "" : header.group(2);
    return new EventPacket(
        namespace,
        header.group(3) == null ? null : Long.valueOf(header.group(3)),
        name(values.get(0)),
        List.copyOf(values.subList(1, values.size())),
        header.group(1) == null ? 0 : Integer.parseInt(header.group(1)));
  }

  private static String name(String json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken type = parser.nextToken();
      if (type != JsonToken.VALUE_STRING && type != JsonToken.VALUE_NUMBER_INT) {
        throw new IOException("an event's name is a string");
      }
      if (RESERVED.contains(parser.getText())) {
        throw new IOException("an event of this name is not for clients to emit");
      }
      return parser.getText();
    }
  }

  /** The elements of a JSON array. */
  private static List<String> values(String array) throws IOException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(array)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        values.add(array.substring(start, (int) parser.currentLocation().getCharOffset()).strip());
      }
      if (parser.nextToken() != null) {
        throw new IOException("there is something behind the event");
      }
    }
    return values;
  }
}
