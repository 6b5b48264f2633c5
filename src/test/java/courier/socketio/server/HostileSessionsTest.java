package courier.socketio.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import courier.socketio.PlainClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session has one poll, one WebSocket and one CONNECT; a packet has a length. */
@Timeout(30)
class HostileSessionsTest {
  private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
  private static final String BAD = "{\"code\":3,\"message\":\"Bad request\"}";

  @RegisterExtension private final RunningServer server = new RunningServer();
  private final Polls polls = new Polls(server);

  @AfterEach
  void isRidOfAll() {
    await().until(() -> server.get().sessions() == 0);
  }

  @Test
  void aSecondWebSocketOfASessionIsRefused() throws Exception {
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    try (PlainClient first = PlainClient.upgrade(server.port(), session)) {
      for (int i = 0; i < 50; i++) {
        assertSecondIsClosed(session);
      }
      first.send("2probe");
      await().until(() -> first.received.contains("3probe"));
      first.send("5").send("2upgraded");
      await().until(() -> first.received.contains("3upgraded"));
      assertSecondIsClosed(session);
      assertEquals(400, polls.poll(session).statusCode());
      assertNull(first.closed);
    }
  }

  private void assertSecondIsClosed(String session) {
    try (PlainClient second = PlainClient.upgrade(server.port(), session)) {
      second.awaitClosed("1008 the session has a WebSocket");
      assertEquals(List.of(), second.received);
    }
  }

  @Test
  void aSessionThatIsAWebSocketGetsNoOther() throws Exception {
    try (PlainClient client = PlainClient.open(server.start())) {
      await().until(() -> !client.received.isEmpty());
      String session = client.received.get(0).replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
      assertSecondIsClosed(session);
      assertEquals(BAD, polls.poll(session).body());
    }
  }

  @Test
  void theWebSocketIsClosedWithItsSession() throws Exception {
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    try (PlainClient client = PlainClient.upgrade(server.port(), session)) {
      polls.post(session, "1");
      await().until(() -> client.closed != null);
    }
  }

  @Test
  void aWebSocketThatIsNeverUpgradedToIsClosed() throws Exception {
    server.options.setConnectTimeout(500);
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    try (PlainClient client = PlainClient.upgrade(server.port(), session).send("2probe")) {
      await().until(() -> client.closed != null);
    }
  }

  @Test
  void aSessionOfWhichNothingIsHeardIsClosedWhenItsPongIsDue() throws Exception {
    server.options.setPingInterval(300);
    server.options.setPingTimeout(200);
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    try (PlainClient client = PlainClient.open(server.port()).send("40")) {
      client.awaitClosed("1008 no pong came");
      assertEquals("2", client.received.get(client.received.size() - 1));
    }
    assertEquals(UNKNOWN, polls.poll(session).body());
  }

  @Test
  void whoHasLeftAllNamespacesMayConnectAgainForAWhile() throws Exception {
    server.options.setConnectTimeout(500);
    try (PlainClient client = PlainClient.open(server.start()).send("40")) {
      await().until(() -> client.received.size() == 2);
      client.send("41").send("40");
      await().until(() -> client.received.size() == 3);
      client.send("41").awaitClosed("1008 no CONNECT came");
    }
  }

  @Test
  void aPollThatComesWhileItsClientUpgradesIsAnswered() throws Exception {
    server.start();
    for (int i = 0; i < 10; i++) {
      String session = polls.open();
      try (PlainClient client = PlainClient.upgrade(server.port(), session)) {
        var waiting = polls.pollAsync(session);
        if (i % 2 == 0) {
          await().until(() -> server.get().session(session).transports.hasPoll());
        }
        client.send("5");
        assertEquals(BAD, waiting.get(5, TimeUnit.SECONDS).body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "01a2027d-38b1-7841-8ba8-134d96cc79f3"})
  void aSessionThatThereIsNotIsUnknown(String session) throws Exception {
    server.start();
    assertEquals("400 " + UNKNOWN, upgrade(session));
    assertEquals(UNKNOWN, polls.poll(session).body());
    assertEquals(UNKNOWN, polls.post(session, "40").body());
  }

  @Test
  void twoPollsAtATimeEndTheSession() throws Exception {
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    polls.poll(session);
    List<String> answers = new ArrayList<>();
    for (var poll : List.of(polls.pollAsync(session), polls.pollAsync(session))) {
      answers.add(poll.get(10, TimeUnit.SECONDS).body());
    }
    answers.sort(null);
    assertEquals(List.of("1", BAD), answers);
    assertEquals(UNKNOWN, polls.poll(session).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "40{\"a\":[1,2]}", "40/,", "40/,{}"})
  void aSecondConnectClosesTheConnection(String connect) throws Exception {
    try (PlainClient client = PlainClient.open(server.start()).send(connect)) {
      await().until(() -> client.received.stream().anyMatch(text -> text.startsWith("40{")));
      client.send(connect);
      client.awaitClosed("1008 CONNECT came twice");
    }
  }

  @Test
  void whoCannotBeLetInIsNotLeftWaiting() throws Exception {
    server.options.setDoorkeeper(token -> CompletableFuture.completedFuture(null));
    try (PlainClient client = PlainClient.open(server.start()).send("40")) {
      client.awaitClosed("1011 it could not be let in");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"43%s[]", "41/%s,", "2%s", "3%s", "6%s", "40%s", "40/%s,"})
  void aLongPacketThatIsNoEventClosesTheConnection(String packet) throws Exception {
    try (PlainClient client = PlainClient.open(server.start()).send("40")) {
      client.send(packet.formatted("1".repeat(60_000)));
      client.awaitClosed("1009 a packet is too long");
    }
  }

  @Test
  void tooManyPingsCloseTheConnection() throws Exception {
    try (PlainClient client = PlainClient.open(server.start()).send("40")) {
      client.pingUntilClosed();
      client.awaitClosed("1008 too many pings");
    }
  }

  @Test
  void whatIsForwardedByThisMachineIsCountedToo() throws Exception {
    server.options.setMaxConnectionsPerAddress(3);
    server.options.setConnectTimeout(1000);
    server.start();
    for (int i = 0; i < 3; i++) {
      assertEquals(200, forwarded("192.0.2.1").statusCode());
    }
    assertEquals(429, forwarded("192.0.2.1").statusCode());
    assertEquals(200, forwarded("192.0.2.2").statusCode());
  }

  private HttpResponse<String> forwarded(String address) throws Exception {
    return polls.send(polls.request("").header("X-Forwarded-For", address));
  }

  private String upgrade(String session) {
    CompletionException refused =
        Assertions.assertThrows(
            CompletionException.class, () -> PlainClient.upgrade(server.port(), session));
    var answer = ((WebSocketHandshakeException) refused.getCause()).getResponse();
    return answer.statusCode() + " " + answer.body();
  }
}
