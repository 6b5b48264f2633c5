package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.Cursor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is connected gets each event that is for them, of a log and of none. */
class LogEndpointTest extends ServedLog {
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

  @ParameterizedTest
  @ValueSource(strings = {"carol", "*", " anna"})
  void refusesWhoGetsNothingHere(String name) throws Exception {
    assertEquals(
        "No messages for \"%s\" are kept here, only for anna, bert: connect with such a name as"
                .formatted(name)
            + " auth.clientId, or add this one to client-b.name.",
        SocketioClient.refusal(port, Map.of("clientId", name)));
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
  void forgetsClientsThatLeave() throws Exception {
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      await().until(() -> anna.connected() && component.subscribers() == 1);
    }
    await().until(() -> component.subscribers() == 0);
  }
}
