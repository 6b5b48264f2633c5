package courier.socketio;

import com.fasterxml.jackson.databind.util.RawValue;
import courier.socketio.packet.ArgumentsJson;
import courier.socketio.packet.EventPacket;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * An event's arguments as a message's body, and a body as arguments.
 *
 * @param all whether the body is a list of them, or the only one
 * @param json whether each is JSON text
 */
record EventArguments(boolean all, boolean json) {

  /** What a route gets; null when there is no argument. */
  Object body(EventPacket event, List<byte[]> attachments) {
    List<?> arguments =
        json
            ? event.arguments()
            : event.arguments().stream()
                .map(argument -> ArgumentsJson.read(argument, attachments))
                .toList();
    return all ? arguments : arguments.isEmpty() ? null : arguments.get(0);
  }

  /** What a client gets. */
  List<?> of(Exchange exchange, Object body) {
    if (all && body instanceof List<?> arguments) {
      return arguments.stream().map(argument -> argument(exchange, argument)).toList();
    }
    return Collections.singletonList(argument(exchange, body));
  }

  /** A stream is a string; of anything else Jackson knows what it is. */
  private Object argument(Exchange exchange, Object body) {
    if (json
        || body instanceof InputStream
        || body instanceof Reader
        || body instanceof StreamCache) {
      String text =
          exchange.getContext().getTypeConverter().convertTo(String.class, exchange, body);
      return json ? new RawValue(text) : text;
    }
    return body;
  }
}
