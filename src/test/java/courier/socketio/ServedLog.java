package courier.socketio;

import courier.feed.log.Cursor;
import courier.feed.log.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.test.junit5.CamelTestSupport;

/** A log that is a list, served by a real server to stock clients. */
abstract class ServedLog extends CamelTestSupport {
  static final String LOG = "log";

  /** What was stored before the endpoint started: partition 0, offsets 0 to 4. */
  final List<Long> stored = new CopyOnWriteArrayList<>(List.of(0L, 1L, 2L, 3L, 4L));

  final Map<Integer, Long> positions = new HashMap<>(Map.of(0, 5L));
  volatile String log = LOG;
  volatile long end = 2_000;
  int port;
  int failures;
  volatile int reads;
  volatile String text = "";

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    port = SocketioClient.freePort();
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    component.getConfiguration().setPort(port);
    component.getConfiguration().setMaxConnectionsPerPerson(2);
    context
        .getRegistry()
        .bind(
            "log",
            new EventLog() {
              @Override
              public String id() {
                return log;
              }

              @Override
              public Map<Integer, Long> positions() {
                return positions;
              }

              @Override
              public Map<Integer, Long> ends() {
                return Map.of(0, end);
              }
            });
    return context;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:push")
            .to(
                "socketio:newMessage?useIterator=true&log=#log&recipients=anna,bert"
                    + "&missed=direct:missed&positionOf=direct:positionOf");
        from("direct:tell").to("socketio:newMessage");
        from("direct:missed").errorHandler(noErrorHandler()).process(e -> missed(e.getMessage()));
        from("direct:positionOf")
            .process(
                e ->
                    e.getMessage()
                        .setBody("id-2".equals(e.getMessage().getBody()) ? Map.of(0, 3L) : null));
      }
    };
  }

  private void missed(Message asked) {
    if (failures-- > 0) {
      throw new IllegalStateException("The store is away");
    }
    reads++;
    long from = asked.getHeader(SocketioConstants.OFFSET, Long.class);
    long until = asked.getHeader(SocketioConstants.UNTIL, Long.class);
    String room = asked.getHeader(SocketioConstants.ROOM, String.class);
    asked.setBody(
        stored.stream()
            .filter(offset -> offset >= from && offset < until && room.equals("anna"))
            .limit(asked.getHeader(SocketioConstants.LIMIT, Integer.class))
            .map(offset -> event(offset, "anna"))
            .toList());
  }

  Message event(long offset, String room) {
    Message event = new DefaultMessage(context);
    event.setHeader(SocketioConstants.PARTITION, 0);
    event.setHeader(SocketioConstants.OFFSET, offset);
    event.setHeader(SocketioConstants.ROOM, room);
    event.setBody(text + "id-" + offset);
    return event;
  }

  void push(long... offsets) {
    List<Message> events = new ArrayList<>();
    for (long offset : offsets) {
      stored.add(offset);
      events.add(event(offset, "anna"));
    }
    template.sendBody("direct:push", events);
  }

  void push(String of, Map<?, ?> from, Map<?, ?> next, Message... events) {
    push(of, from, next, List.of(events));
  }

  void push(String of, Map<?, ?> from, Map<?, ?> next, Iterable<Message> events) {
    Map<String, Object> headers =
        Map.of(
            SocketioConstants.LOG, of,
            SocketioConstants.FROM, from,
            SocketioConstants.NEXT, next);
    template.sendBodyAndHeaders("direct:push", events, headers);
  }

  /** What is before this offset is not seen here. */
  void pushAfterAGap(long from, Message... events) {
    push(LOG, Map.of(0, from), Map.of(0, from + events.length), events);
  }

  static String position(long next) {
    return Cursor.start(LOG).at(0, next).toString();
  }

  static String afterEvent(long offset) {
    return Cursor.start(LOG).after(0, offset).toString();
  }
}
