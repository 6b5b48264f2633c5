package courier.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import courier.feed.EventStore;
import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import courier.feed.log.Page;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.IOHelper;

/** Asks the routes of an endpoint for events that are stored. */
final class StoredEvents implements EventStore {
  private volatile ProducerTemplate template;
  private volatile SocketioEndpoint endpoint;

  void readFrom(ProducerTemplate routes, SocketioEndpoint asking) {
    template = routes;
    endpoint = asking;
  }

  @Override
  public Page missed(Cursor until, String room, int partition, long from, int limit)
      throws Exception {
    Map<String, Object> headers =
        Map.of(
            SocketioConstants.LOG, until.log(),
            SocketioConstants.ROOM, room,
            SocketioConstants.PARTITION, partition,
            SocketioConstants.OFFSET, from,
            SocketioConstants.UNTIL, until.next(partition),
            SocketioConstants.LIMIT, limit);
    Page page = new Page(limit);
    Iterator<?> events =
        ask(endpoint.getConfiguration().getMissed(), null, headers).getBody(Iterator.class);
    try {
      while (!page.isFull() && events.hasNext()) {
        page.add(of((Message) events.next(), endpoint.getEvent()));
      }
    } finally {
      IOHelper.closeIterator(events);
    }
    return page;
  }

  /** The event that a message with its position is. */
  static LogEvent of(Message message, String event) throws JsonProcessingException {
    return LogEvent.of(
        message.getHeader(SocketioConstants.PARTITION, Integer.class),
        message.getHeader(SocketioConstants.OFFSET, Long.class),
        message.getHeader(SocketioConstants.ROOM, String.class),
        event,
        message.getBody());
  }

  @Override
  @SuppressWarnings("unchecked") // as the option says
  public Map<Integer, Long> positionOf(String id, String room, Cursor stored) throws Exception {
    String route = endpoint.getConfiguration().getPositionOf();
    if (route == null) {
      return null;
    }
    Map<Integer, Long> next = new HashMap<>();
    for (int partition = 0; partition < stored.partitions(); partition++) {
      next.put(partition, stored.next(partition));
    }
    Map<String, Object> headers =
        Map.of(
            SocketioConstants.LOG, stored.log(),
            SocketioConstants.ROOM, room,
            SocketioConstants.NEXT, next);
    return ask(route, id, headers).getBody(Map.class);
  }

  private Message ask(String uri, Object body, Map<String, Object> headers) throws Exception {
    Exchange asked =
        template.request(
            uri,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeaders(new HashMap<>(headers));
            });
    if (asked.getException() != null) {
      throw asked.getException();
    }
    return asked.getMessage();
  }
}
