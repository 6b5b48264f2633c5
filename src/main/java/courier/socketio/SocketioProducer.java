package courier.socketio;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.transport.NamespaceClient;
import courier.feed.Subscriptions;
import courier.feed.log.LogEvent;
import courier.feed.log.Stretch;
import courier.socketio.packet.EncodedPacket;
import courier.socketio.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/**
 * Sends the body as the one argument of an event. A stream is a string; anything else is what
 * Jackson makes of it: a string for a String, an attachment for bytes, an object for a Map or a
 * bean.
 */
final class SocketioProducer extends DefaultProducer {
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
    String log = message.getHeader(SocketioConstants.LOG, subscriptions::log, String.class);
    Map<Integer, Long> from = message.getHeader(SocketioConstants.FROM, Map.of(), Map.class);
    Map<Integer, Long> next = message.getHeader(SocketioConstants.NEXT, Map.of(), Map.class);
    if (subscriptions.has(log, next)) {
      return;
    }
    Stretch stretch = new Stretch(log, from, next, events(message));
    boolean early = message.getHeader(SocketioConstants.EARLY, false, Boolean.class);
    endpoint.sent(early ? subscriptions.publishEarly(stretch) : subscriptions.publish(stretch));
  }

  private List<LogEvent> events(Message message) throws Exception {
    if (!endpoint.isUseIterator() || !(message.getBody() instanceof Iterable<?> elements)) {
      return List.of(StoredEvents.of(message, endpoint.getEvent()));
    }
    List<LogEvent> events = new ArrayList<>();
    for (Object element : elements) {
      events.add(StoredEvents.of((Message) element, endpoint.getEvent()));
    }
    return events;
  }

  private void send(Exchange exchange, Object body) {
    Collection<ClientHead> clients = receivers(exchange.getMessage());
    if (clients.isEmpty()) {
      return;
    }
    EncodedPacket.Content event =
        EncodedPacket.event(
            endpoint.namespaceName(), endpoint.getEvent(), endpoint.arguments().of(exchange, body));
    clients.forEach(event::sendTo);
    endpoint.sent(1);
  }

  private Collection<ClientHead> receivers(Message message) {
    String session = message.getHeader(SocketioConstants.SESSION, String.class);
    String name = message.getHeader(SocketioConstants.ROOM, String.class);
    if (session != null) {
      return in(Stream.ofNullable(endpoint.getComponent().session(session)));
    }
    if (name != null) {
      return in(endpoint.getComponent().sessionsOf(name).stream());
    }
    return endpoint.receivers().stream()
        .map(client -> ((NamespaceClient) client).getBaseClient())
        .toList();
  }

  /** Those of the endpoint's namespace. */
  private List<ClientHead> in(Stream<Session> sessions) {
    return sessions
        .filter(session -> session.isIn(endpoint.namespaceName()))
        .map(session -> session.client)
        .toList();
  }
}
