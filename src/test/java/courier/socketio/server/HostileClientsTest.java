package courier.socketio.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.socketio.PlainClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken server keeps some of these waiting. */
@Timeout(30)
class HostileClientsTest {
  private static final String EVENT = "42[\"newMessage\",1]";

  @RegisterExtension private final RunningServer server = new RunningServer();
  private final Polls polls = new Polls(server);

  @AfterEach
  void isRidOfAll() {
    await().until(() -> server.get().connectedClients() == 0);
    await().until(() -> server.get().sessions() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVENT,
        "3\u001e" + EVENT,
        "18:" + EVENT,
        "1:318:" + EVENT,
        "451-[\"newMessage\",{\"_placeholder\":true,\"num\":0}]",
        "431[\"data\"]"
      })
  void anEventClosesTheConnection(String event) throws Exception {
    try (PlainClient client = PlainClient.open(server.start()).send("40").send(event)) {
      client.awaitClosed("1008 this server takes no events");
    }
  }

  @Test
  void whatIsNoEventDoesNotCloseTheConnection() throws Exception {
    try (PlainClient client = PlainClient.open(server.start()).send("40").send("3").send("431[]")) {
      client.ping("hello");
      await().until(() -> client.pongs.equals(List.of("hello")));
      assertEquals(null, client.closed);
    }
  }

  @Test
  void tooManyPacketsOfOtherKindsCloseTheConnection() throws Exception {
    try (PlainClient client =
        PlainClient.open(server.start()).send("40").send("3\u001e".repeat(200) + "3")) {
      client.awaitClosed("1008 too many packets");
    }
  }

  @Test
  void anEventEndsAPollingSession() throws Exception {
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    assertTrue(polls.poll(session).body().startsWith("40"));
    var waiting = polls.pollAsync(session);
    polls.post(session, "3\u001e" + EVENT);
    var answer = waiting.get(10, TimeUnit.SECONDS);
    // The poll may come only when the session has ended, or is ending.
    assertTrue(answer.statusCode() == 400 || answer.body().equals("1"), answer::toString);
    assertEquals(400, polls.poll(session).statusCode());
  }

  @Test
  void aSessionThatDoesNotConnectIsClosed() throws Exception {
    server.options.setConnectTimeout(300);
    int port = server.start();
    String session = polls.open();
    try (PlainClient client = PlainClient.open(port)) {
      client.awaitClosed("1008 no CONNECT came");
      await().until(() -> polls.poll(session).statusCode() == 400);
    }
  }

  @Test
  void aSessionThatConnectsIsNotClosed() throws Exception {
    server.options.setConnectTimeout(300);
    int port = server.start();
    String session = polls.open();
    polls.post(session, "40");
    try (PlainClient client = PlainClient.open(port).send("40");
        PlainClient old = PlainClient.ofVersionThree(port);
        PlainClient silent = PlainClient.open(port)) {
      silent.awaitClosed("1008 no CONNECT came");
      assertEquals(null, client.closed);
      assertEquals(null, old.closed);
      assertEquals(200, polls.poll(session).statusCode());
    }
    polls.post(session, "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost"})
  void aConnectionWithoutAWholeRequestIsClosed(String half) throws Exception {
    server.options.setConnectTimeout(300);
    try (Socket client = new Socket("localhost", server.start())) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write(half.getBytes());
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void aLongMessageInPartsClosesTheConnection() throws Exception {
    int port = server.start();
    try (PlainClient inParts = PlainClient.open(port).sendPart(" ".repeat(40_000))) {
      inParts.sendPart(" ".repeat(40_000));
      inParts.awaitClosed("1009 a message may have 65536 bytes");
    }
  }

  @Test
  void aLongMessageClosesTheConnection() throws Exception {
    try (Socket client = new Socket("localhost", server.start())) {
      client.setSoTimeout(10_000);
      OutputStream out = client.getOutputStream();
      out.write(
          ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
                  + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a\r\n\r\n")
              .getBytes());
      awaitByte(client, '}');
      int length = 1 << 20;
      out.write(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, (byte) (length >> 16), 0, 0});
      out.write(new byte[4 + length]);
      awaitByte(client, 0x88);
      client.getInputStream().read(); // its length
      assertEquals(1009, client.getInputStream().read() << 8 | client.getInputStream().read());
    }
  }

  @Test
  void aSlowClientIsToldWhatItMissesAndWhy() throws Exception {
    int port = server.start();
    try (PlainClient client = PlainClient.thatDoesNotRead(port).send("40")) {
      await().until(() -> server.get().connectedClients() == 1);
      String kilobytes = "x".repeat(10_000);
      for (int i = 0; i < 5_000 && server.get().connectedClients() == 1; i++) {
        server.get().namespace("/").getBroadcastOperations().sendEvent("newMessage", i, kilobytes);
      }
      await().until(() -> server.get().connectedClients() == 0);
      assertEquals(1, server.get().slowClients().closed());
      client.read().awaitClosed("1013 too slow: more than 4194304 bytes are waiting");
      assertTrue(client.received.get(client.received.size() - 1).endsWith("x\"]"));
    }
  }

  @Test
  void aClientThatDoesNotPollIsClosed() throws Exception {
    server.options.setMaxPendingBytes(10_000);
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    polls.poll(session);
    for (int i = 0; i < 20; i++) {
      server
          .get()
          .namespace("/")
          .getBroadcastOperations()
          .sendEvent("newMessage", "x".repeat(1000));
    }
    await().until(() -> server.get().connectedClients() == 0);
    assertEquals(1, server.get().slowClients().closed());
    assertEquals(400, polls.poll(session).statusCode());
  }

  @Test
  void anotherPathIsNotFound() throws Exception {
    int port = server.start();
    URI uri = URI.create("http://localhost:" + port + "/socket.io/x?EIO=4&transport=websocket");
    assertEquals(
        404,
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .statusCode());
  }

  private static void awaitByte(Socket client, int wanted) throws IOException {
    for (int next = -2; next != wanted; ) {
      next = client.getInputStream().read();
      assertNotEquals(-1, next);
    }
  }
}
