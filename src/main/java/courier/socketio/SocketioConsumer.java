package courier.socketio;

import courier.socketio.packet.EventAssembly;
import courier.socketio.packet.EventError;
import courier.socketio.packet.EventPacket;
import courier.socketio.server.EventHandler;
import courier.socketio.session.Session;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Starts the route with each event that a client emits. What the route ends with is the
 * acknowledgement, if the client asks for one.
 */
final class SocketioConsumer extends DefaultConsumer implements EventHandler {
  private static final EventError FAILED =
      EventError.of(500, "Internal Server Error", "There was an error here. Send it again later.");

  private final SocketioEndpoint endpoint;

  SocketioConsumer(SocketioEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    endpoint.take(this);
  }

  @Override
  protected void doStop() throws Exception {
    endpoint.leave(this);
    super.doStop();
  }

  @Override
  public void handle(Session session, String room, EventAssembly.Whole whole, Runnable done) {
    EventPacket event = whole.event();
    Exchange exchange = createExchange(false);
    try {
      exchange.setPattern(event.ackId() == null ? ExchangePattern.InOnly : ExchangePattern.InOut);
      exchange.setProperty(SocketioConstants.CALLER, session.caller());
      Message message = exchange.getMessage();
      message.setHeader(SocketioConstants.SESSION, session.client.getSessionId().toString());
      message.setHeader(SocketioConstants.ROOM, room);
      message.setBody(endpoint.arguments().body(event, whole.attachments()));
    } catch (IllegalArgumentException e) {
      session.acknowledge(event, List.of(EventError.of(400, "Bad Request", e.getMessage() + ".")));
      releaseExchange(exchange, false);
      done.run();
      return;
    }
    getAsyncProcessor()
        .process(
            exchange,
            synchronously -> {
              try {
                answer(exchange, session, event);
              } finally {
                releaseExchange(exchange, false);
                done.run();
              }
            });
  }

  private void answer(Exchange exchange, Session session, EventPacket event) {
    Exception failure = exchange.getException();
    if (failure == null) {
      try {
        session.acknowledge(event, acknowledgement(exchange));
        return;
      } catch (RuntimeException e) { // it cannot be written
        failure = e;
      }
    }
    session.acknowledge(event, List.of(FAILED));
    getExceptionHandler().handleException("A client's event failed", exchange, failure);
  }

  private List<?> acknowledgement(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    return body == null ? List.of() : endpoint.arguments().of(exchange, body);
  }
}
