package courier.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.support.DefaultProducer;

/**
 * Sends the body as the one argument of an event. A stream is a string; anything else is what
 * Jackson makes of it: a string for a String, base64 for bytes, an object for a Map or a bean.
 */
final class SocketioProducer extends DefaultProducer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SocketioEndpoint endpoint;

  SocketioProducer(SocketioEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Object body = exchange.getMessage().getBody();
    if (endpoint.getConfiguration().getLog() != null) {
      publish(exchange.getMessage());
    } else if (endpoint.isUseIterator() && body instanceof Iterable<?> elements) {
      for (Object element : elements) {
        send(exchange, element instanceof Exchange e ? e.getMessage().getBody() : element);
      }
    } else {
      send(exchange, body);
    }
  }

  @SuppressWarnings("unchecked") // as the headers say
  private void publish(Message message) throws Exception {
    Subscriptions subscriptions = endpoint.subscriptions();
    List<LogEvent> events = new ArrayList<>();
    if (endpoint.isUseIterator() && message.getBody() instanceof Iterable<?> elements) {
      for (Object element : elements) {
        events.add(EventStore.of((Message) element, endpoint.getEvent()));
      }
    } else {
      events.add(EventStore.of(message, endpoint.getEvent()));
    }
    Stretch stretch =
        new Stretch(
            message.getHeader(SocketioConstants.LOG, subscriptions::log, String.class),
            message.getHeader(SocketioConstants.FROM, Map.of(), Map.class),
            message.getHeader(SocketioConstants.NEXT, Map.of(), Map.class),
            events);
    boolean early = message.getHeader(SocketioConstants.EARLY, false, Boolean.class);
    endpoint.sent(early ? subscriptions.publishEarly(stretch) : subscriptions.publish(stretch));
  }

  private void send(Exchange exchange, Object body) throws Exception {
    Collection<SocketIOClient> clients = endpoint.receivers();
    if (clients.isEmpty()) {
      return;
    }
    Object argument = encodeOnce(exchange, body);
    // One packet for each client: the server writes the client's protocol version into it.
    for (SocketIOClient client : clients) {
      client.sendEvent(endpoint.getEvent(), argument);
    }
    endpoint.sent(1);
  }

  /** The server would encode an object again for each client; of this it copies the bytes. */
  private RawValue encodeOnce(Exchange exchange, Object body) throws Exception {
    Object value =
        body instanceof InputStream || body instanceof Reader || body instanceof StreamCache
            ? exchange
                .getContext()
                .getTypeConverter()
                .mandatoryConvertTo(String.class, exchange, body)
            : body;
    return new RawValue(new SerializedString(JSON.writeValueAsString(value)));
  }
}
