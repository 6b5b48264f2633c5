package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.Cursor;
import courier.feed.log.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a log: a real server, stock clients, and a list as the store. */
class LogEndpointTest extends CamelTestSupport {
  private static final String LOG = "log";

  /** What was stored before the endpoint started: partition 0, offsets 0 to 4. */
  private final List<Long> stored = new CopyOnWriteArrayList<>(List.of(0L, 1L, 2L, 3L, 4L));

  private final Map<Integer, Long> positions = new HashMap<>(Map.of(0, 5L));
  private volatile String log = LOG;
  private volatile long end = 2_000;
  private int port;
  private int failures;
  private volatile int reads;
  private volatile String text = "";

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

  private Message event(long offset, String room) {
    Message event = new DefaultMessage(context);
    event.setHeader(SocketioConstants.PARTITION, 0);
    event.setHeader(SocketioConstants.OFFSET, offset);
    event.setHeader(SocketioConstants.ROOM, room);
    event.setBody(text + "id-" + offset);
    return event;
  }

  private void push(long... offsets) {
    List<Message> events = new ArrayList<>();
    for (long offset : offsets) {
      stored.add(offset);
      events.add(event(offset, "anna"));
    }
    template.sendBody("direct:push", events);
  }

  /** What is before this offset is not seen here. */
  private void pushAfterAGap(long from, Message... events) {
    push(LOG, Map.of(0, from), Map.of(0, from + events.length), events);
  }

  private void push(String of, Map<?, ?> from, Map<?, ?> next, Message... events) {
    push(of, from, next, List.of(events));
  }

  private void push(String of, Map<?, ?> from, Map<?, ?> next, Iterable<Message> events) {
    Map<String, Object> headers =
        Map.of(
            SocketioConstants.LOG, of,
            SocketioConstants.FROM, from,
            SocketioConstants.NEXT, next);
    template.sendBodyAndHeaders("direct:push", events, headers);
  }

  @Test
  void letsAPersonHaveSoManyConnections() throws Exception {
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    assertEquals(2, component.getConfiguration().getMaxConnectionsPerPerson());
    Map<String, String> anna = Map.of("clientId", "anna");
    SocketioClient polling = SocketioClient.connect(port, anna, "polling");
    try (SocketioClient one = SocketioClient.connect(port, anna, "websocket")) {
      assertEquals(
          "There are 2 connections of yours, and no more may be: close one, and connect again.",
          SocketioClient.refusal(port, anna));
      SocketioClient.connect(port, Map.of("clientId", "bert"), "websocket").close();
      polling.close();
      await().until(() -> component.sessionsOf("anna").size() < 2);
      SocketioClient.connect(port, anna, "websocket").close();
      assertTrue(one.isConnected());
    }
  }

  @Test
  void doesNotReadEventsThatItHasPushedBefore() throws Exception {
    push(LOG, Map.of(0, 0L), Map.of(0, 7L), event(5, "anna"), event(6, "anna"));
    Iterable<Message> unread =
        () -> {
          throw new IllegalStateException("they are read");
        };
    push(LOG, Map.of(0, 5L), Map.of(0, 7L), unread);
    assertThrows(
        CamelExecutionException.class, () -> push(LOG, Map.of(0, 5L), Map.of(0, 8L), unread));
  }

  private static String position(long next) {
    return Cursor.start(LOG).at(0, next).toString();
  }

  private static String afterEvent(long offset) {
    return Cursor.start(LOG).after(0, offset).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void givesEachEventWithItsCursorToWhomItIsFor(String transports) throws Exception {
    String[] used = transports.split(",");
    try (SocketioClient anna = SocketioClient.connect(port, Map.of("clientId", "anna"), used);
        SocketioClient bert = SocketioClient.connect(port, Map.of("clientId", "bert"), used);
        SocketioClient unnamed = SocketioClient.connect(port, Map.of(), used)) {
      push(5, 6);
      template.sendBody("direct:push", List.of(event(7, "bert")));

      anna.awaitReceived(2);
      unnamed.awaitReceived(2);
      bert.awaitReceived(1);
      assertEquals(List.of("id-5", "id-6"), anna.received);
      assertEquals(List.of(afterEvent(5), afterEvent(6)), anna.cursors);
      assertEquals(List.of("id-7"), bert.received);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void tellsWhatIsOfNoLogToAllWhoConnectedWithAName(String transports) throws Exception {
    String[] used = transports.split(",");
    SocketioClient gone = SocketioClient.connect(port, Map.of("clientId", "bert"), used);
    gone.close();
    try (SocketioClient anna = SocketioClient.connect(port, Map.of("clientId", "anna"), used);
        SocketioClient bert = SocketioClient.connect(port, Map.of("clientId", "bert"), used);
        SocketioClient again = SocketioClient.connect(port, Map.of("clientId", "bert"), used)) {
      for (String name : List.of("bert", "nobody", "anna")) {
        template.sendBodyAndHeader("direct:tell", "for " + name, SocketioConstants.ROOM, name);
      }
      template.sendBody("direct:tell", "for all");

      for (SocketioClient client : List.of(anna, bert, again)) {
        client.awaitReceived(2);
        assertEquals(List.of(), client.cursors);
      }
      assertEquals(List.of("for anna", "for all"), anna.received);
      assertEquals(List.of("for bert", "for all"), bert.received);
      assertEquals(List.of("for bert", "for all"), again.received);
    }
  }

  @Test
  void whatAClientEmittedBeforeItLeftIsInTheNameItHadThen() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    List<Object> names = new CopyOnWriteArrayList<>();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:note")
                .process(
                    e -> {
                      names.add(e.getMessage().getHeader(SocketioConstants.ROOM));
                      left.await(10, TimeUnit.SECONDS);
                    });
          }
        });
    try (PlainClient client = PlainClient.open(port).send("40{\"clientId\":\"anna\"}")) {
      await().until(() -> client.received.stream().anyMatch(text -> text.startsWith("40")));
      client.send("42[\"note\"]").send("42[\"note\"]");
      client.send("41").send("40{\"clientId\":\"bert\"}");
      await().until(() -> client.received.stream().filter(t -> t.startsWith("40")).count() == 2);
      left.countDown();
      client.send("42[\"note\"]");
      await().untilAsserted(() -> assertEquals(List.of("anna", "anna", "bert"), names));
    }
  }

  @Test
  void tellsWhoStillCatchesUpWhatIsOfNoLog() throws Exception {
    failures = 3;
    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      template.sendBodyAndHeader("direct:tell", "now", SocketioConstants.ROOM, "anna");
      anna.awaitReceived(6);
      assertEquals("now", anna.received.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void sendsWhatWasMissedFromTheStoreThenWhatIsNew(String transports) throws Exception {
    push(5, 6);
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(1));

    try (SocketioClient anna = SocketioClient.connect(port, auth, transports.split(","))) {
      anna.awaitReceived(5);
      push(7);
      anna.awaitReceived(6);
      assertEquals(List.of("id-2", "id-3", "id-4", "id-5", "id-6", "id-7"), anna.received);
    }
  }

  @Test
  void readsPageByPageWhatIsMore() throws Exception {
    stored.clear();
    LongStream.range(0, 1_200).forEach(stored::add);
    pushAfterAGap(1_200);
    push(1_200);

    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    List<String> all = LongStream.rangeClosed(0, 1_200).mapToObj(i -> "id-" + i).toList();
    for (int time = 0; time < 2; time++) {
      try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
        anna.awaitReceived(all.size());
        assertEquals(all, anna.received);
      }
    }
    assertEquals(4, reads); // the two full pages once
  }

  @Test
  void letsConnectedClientsCatchUpWithWhatWasNotSeenHere() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      push(5);
      anna.awaitReceived(1);
      stored.addAll(List.of(6L, 7L, 8L));
      pushAfterAGap(8, event(8, "anna"));

      anna.awaitReceived(4);
      assertEquals(List.of("id-5", "id-6", "id-7", "id-8"), anna.received);
    }
  }

  @Test
  void sendsMoreThanMayWaitPieceByPiece() throws Exception {
    text = "x".repeat(40_000);
    stored.clear();
    LongStream.range(0, 300).forEach(stored::add);
    pushAfterAGap(300);

    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      anna.awaitReceived(300);
      assertEquals(0, anna.disconnects.get());
      assertEquals(text + "id-299", anna.received.get(299));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void pushesAnEventThatIsLargerThanWhatMayWait(String transport) throws Exception {
    text = "x".repeat(5 * 1024 * 1024);
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), transport)) {
      push(5);
      text = "";
      push(6, 7);
      anna.awaitReceived(3);
      assertEquals("id-7", anna.received.get(2));
      assertEquals(0, anna.disconnects.get());
    }
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna", "after", position(5)), transport)) {
      anna.awaitReceived(3);
      assertEquals(0, anna.disconnects.get());
    }
  }

  @Test
  void takesNoPositionWithMorePartitionsThanTheLogHas() throws Exception {
    String forged = Cursor.start(LOG).at(999, 0).toString();
    Map<String, String> auth = Map.of("clientId", "anna", "pid", forged, "offset", forged);
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of(afterEvent(5)), anna.cursors);
    }
  }

  @Test
  void startsAfterTheMessageThatAClientNames() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna", "after", "id-2"), "websocket")) {
      anna.awaitReceived(2);
      assertEquals(List.of("id-3", "id-4"), anna.received);
    }
  }

  @Test
  void takesWhatAClientSaysInItsQueryToo() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, "?clientId=anna&after=" + position(3), "websocket")) {
      anna.awaitReceived(2);
      assertEquals(List.of("id-3", "id-4"), anna.received);
    }
  }

  @Test
  void waitsForTheStoreWhenItIsAway() throws Exception {
    failures = 2;
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(2));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      anna.awaitReceived(2);
    }
    assertTrue(failures < 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"carol", "*", " anna"})
  void refusesWhoGetsNothingHere(String name) throws Exception {
    assertEquals(
        "No messages for \"%s\" are kept here, only for anna, bert: connect with such a name as"
                .formatted(name)
            + " auth.clientId, or add this one to client-b.name.",
        SocketioClient.refusal(port, Map.of("clientId", name)));
  }

  @Test
  void refusesToStartAfterWhatItDoesNotKnow() throws Exception {
    assertEquals(
        "after: \"id-99\" is neither the _id of a stored message nor a cursor: leave it out.",
        SocketioClient.refusal(port, Map.of("clientId", "anna", "after", "id-99")));
  }

  @Test
  void letsAClientStartAnewWhoseLastMessageIsDeleted() throws Exception {
    stored.removeAll(List.of(0L, 1L, 2L));
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(1));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of("id-5"), anna.received);
    }
  }

  @Test
  void givesAClientThatWasAtAnInstanceThatIsAheadNothingTwice() throws Exception {
    stored.add(7L);
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(4), "offset", afterEvent(7));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push(LOG, Map.of(0, 5L), Map.of(0, 9L), event(5, "anna"), event(7, "anna"));
      push(9);
      anna.awaitReceived(1);
      assertEquals(List.of("id-9"), anna.received);
    }
  }

  @Test
  void letsAClientStartAnewThatSaysItWasBeyondTheEndOfTheLog() throws Exception {
    end = 8;
    Map<String, String> auth = Map.of("clientId", "anna", "pid", position(9));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of("id-5"), anna.received);
    }
  }

  @Test
  void goesOnInAnotherLogWithWhoIsConnectedAndTellsOthersThatTheyStartAnew() throws Exception {
    Map<String, String> auth = Map.of("clientId", "anna", "pid", position(3));
    try (SocketioClient before = SocketioClient.connect(port, auth, "websocket")) {
      before.awaitReceived(2);
      log = "again";
      push("again", Map.of(0, 0L), Map.of(0, 2L), event(0, "anna"));
      try (SocketioClient after = SocketioClient.connect(port, auth, "websocket")) {
        await().until(after::connected);
        push("again", Map.of(0, 2L), Map.of(0, 3L), event(2, "anna"));
        before.awaitReceived(4);
        after.awaitReceived(1);
        assertEquals(List.of("id-3", "id-4", "id-0", "id-2"), before.received);
        assertEquals(List.of("id-2"), after.received);
        assertEquals(Cursor.start("again").after(0, 2).toString(), after.cursors.get(0));
      }
    }
  }

  @Test
  void leavesOutWhatIsOfALogThatWasBefore() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      push("before", Map.of(0, 0L), Map.of(0, 9L), event(8, "anna"));
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of("id-5"), anna.received);
      assertEquals(List.of(afterEvent(5)), anna.cursors);
    }
  }

  @Test
  void believesAClientThatWasInTheLogThatIsYetToComeHere() throws Exception {
    log = "again";
    String had = Cursor.start("again").after(0, 0).toString();
    stored.clear();
    stored.add(0L);
    Map<String, String> auth = Map.of("clientId", "anna", "pid", had, "offset", had);
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push("again", Map.of(0, 0L), Map.of(0, 2L), event(0, "anna"), event(1, "anna"));
      anna.awaitReceived(1);
      assertEquals(List.of("id-1"), anna.received);
    }
  }

  @Test
  void letsClientsCatchUpWithWhatIsStoredAndWasNeverAnnounced() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      await().until(anna::connected);
      stored.addAll(List.of(5L, 6L));
      positions.put(0, 7L);
      anna.awaitReceived(2);
      push(7);
      anna.awaitReceived(3);
      assertEquals(List.of("id-5", "id-6", "id-7"), anna.received);
    }
  }

  @Test
  void forgetsClientsThatLeave() throws Exception {
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      await().until(() -> anna.connected() && component.subscribers() == 1);
    }
    await().until(() -> component.subscribers() == 0);
  }
}
