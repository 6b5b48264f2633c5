package courier.socketio.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.SocketIOClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.socketio.PlainClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the text of Engine.IO's protocol v4 and Socket.IO's protocol v5 asks for at a connection.
 */
@Timeout(30)
class EngineProtocolTest {
  private static final String POLLING = "EIO=4&transport=polling";

  @RegisterExtension private final RunningServer server = new RunningServer();
  private final Polls polls = new Polls(server);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | EIO=4                                   | 0 | Transport unknown",
        "GET  | EIO=4&transport=abc                     | 0 | Transport unknown",
        "GET  | EIO=4&transport=                        | 0 | Transport unknown",
        "GET  | EIO=4&transport=POLLING                 | 0 | Transport unknown",
        "GET  | EIO=4&transport=polling&sid=x           | 1 | Session ID unknown",
        "GET  | EIO=4&transport=websocket&sid=x         | 3 | Bad request",
        "POST | EIO=4&transport=polling                 | 2 | Bad handshake method",
        "PUT  | EIO=4&transport=polling                 | 2 | Bad handshake method",
        "GET  | EIO=4&transport=websocket               | 3 | Bad request",
        "GET  | EIO=4&transport=polling&j=abc           | 3 | Bad request",
        "GET  | EIO=4&transport=polling&j=9999999999999 | 3 | Bad request",
        "GET  | EIO=3&transport=polling&b64=x           | 3 | Bad request",
        "GET  | EIO=4&transport=polling&x=%             | 3 | Bad request",
        "GET  | EIO=%zz&transport=polling               | 3 | Bad request",
        "GET  | transport=polling                       | 5 | Unsupported protocol version",
        "GET  | EIO=abc&transport=polling               | 5 | Unsupported protocol version",
        "GET  | EIO=5&transport=polling                 | 5 | Unsupported protocol version",
      })
  void whatCannotBeRightIsAnsweredAsTheReferenceServerDoes(
      String method, String query, int code, String message) throws Exception {
    server.start();
    assertEquals(
        "400 {\"code\":%d,\"message\":\"%s\"}".formatted(code, message), raw(method, query));
    assertEquals(0, server.get().sessions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&b64=1", "&b64=true&t=x"})
  void aHandshakeSaysAllThereIsToKnowWhateverClientsSayOfBase64(String more) throws Exception {
    server.options.setMaxFramePayloadLength(50_000);
    server.start();
    HttpResponse<String> answer = polls.get(more);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().startsWith("0{"), answer.body());
    JsonNode handshake = new JsonMapper().readTree(answer.body().substring(1));
    Set<String> members = new HashSet<>();
    handshake.fieldNames().forEachRemaining(members::add);
    assertEquals(Set.of("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"), members);
    assertEquals(50_000, handshake.get("maxPayload").intValue());
    assertEquals("[\"websocket\"]", handshake.get("upgrades").toString());
    assertFalse(answer.headers().map().containsKey("set-cookie"));
    assertEquals("close", answer.headers().firstValue("connection").orElse("")); // as it is
  }

  @Test
  void anAnswerIsNotCompressedSinceMostAreTwoBytes() throws Exception {
    server.start();
    HttpResponse<String> answer = polls.send(polls.request("").header("Accept-Encoding", "gzip"));
    assertFalse(answer.headers().map().containsKey("content-encoding"));
    assertTrue(answer.body().startsWith("0{"), answer.body());
  }

  @Test
  void aPostOverMaxPayloadIsRefused() throws Exception {
    server.options.setMaxFramePayloadLength(50_000);
    server.start();
    assertEquals(413, polls.post(polls.open(), "4" + "x".repeat(50_000)).statusCode());
  }

  @Test
  void aClientThatClosesEndsItsPollAndItsSession() throws Exception {
    server.start();
    String session = polls.open();
    polls.post(session, "40");
    assertTrue(polls.poll(session).body().startsWith("40{"));
    SocketIOClient client = server.get().namespace("/").getAllClients().iterator().next();
    await().until(() -> !client.isChannelOpen());
    var poll = polls.pollAsync(session);
    await().until(client::isChannelOpen);
    assertEquals(200, polls.post(session, "1").statusCode());
    assertEquals("6", poll.get(10, TimeUnit.SECONDS).body());
    assertEquals(400, polls.poll(session).statusCode());
  }

  /** By another connection, which may be read after that of the close packet. */
  @RepeatedTest(20)
  void aPollThatWasSentBeforeTheClosePacketIsAnswered() throws Exception {
    server.options.setPingInterval(300); // comes first, if the poll waits for long
    server.start();
    String session = polls.open();
    var poll = polls.pollAsync(session);
    assertEquals(200, polls.post(session, "1").statusCode());
    assertEquals("200 6", status(poll.get(10, TimeUnit.SECONDS)));
    await().until(() -> server.get().sessions() == 0);
  }

  /** By another connection, which may be read before that of the WebSocket. */
  @RepeatedTest(20)
  void aPollThatWasSentAfterTheUpgradeIsRefused() throws Exception {
    server.start();
    String session = polls.open();
    try (PlainClient client = PlainClient.upgrade(server.port(), session)) {
      client.send("2probe").send("5");
      assertEquals(
          "400 {\"code\":3,\"message\":\"Bad request\"}", raw("GET", POLLING + "&sid=" + session));
    }
  }

  private static String status(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void aClientThatClosesItsWebSocketByAPacketIsClosed() throws Exception {
    server.start();
    try (PlainClient client = PlainClient.open(server.port()).send("1")) {
      client.awaitClosed("1000 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4abc",
        "4",
        "47",
        "7",
        "abc",
        "40\u001eabc",
        "\u0014\u0002[\"a\"]",
        "\u0000\u0001"
      })
  void aPacketOfNoTypeClosesTheConnection(String packet) throws Exception {
    server.start();
    try (PlainClient client = PlainClient.open(server.port()).send(packet)) {
      client.awaitClosed("1002 there is no such type of packet");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"40/random", "40/random,", "40/random,{\"token\":1}"})
  void anUnknownNamespaceIsRefusedAndTheConnectionStays(String connect) throws Exception {
    server.start();
    try (PlainClient client = PlainClient.open(server.port()).send(connect).send("40")) {
      await().until(() -> client.received.size() == 3);
      assertEquals("44/random,{\"message\":\"Invalid namespace\"}", client.received.get(1));
      assertTrue(client.received.get(2).startsWith("40{"), client.received.get(2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*,                                         https://any.example,   200, *",
    "'https://a.example, https://good.example', https://good.example,  200, https://good.example",
    "https://good.example,                      https://evil.example,  403, ''",
    "https://good.example,                      '',                    200, ''",
  })
  void pagesOfOriginsThatAreNotNamedAreRefused(
      String allowed, String origin, int status, String header) throws Exception {
    server.options.setOrigin(allowed);
    server.start();
    HttpRequest.Builder request = polls.request("");
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    HttpResponse<String> answer = polls.send(request);
    assertEquals(status, answer.statusCode());
    assertEquals(header, answer.headers().firstValue("access-control-allow-origin").orElse(""));
    assertFalse(answer.headers().map().containsKey("access-control-allow-credentials"));
    assertEquals(status == 200 ? 1 : 0, server.get().sessions());
    assertEquals(status == 200 ? 101 : status, webSocket(origin));
  }

  /** The status that a WebSocket from a page is answered with. */
  private int webSocket(String origin) throws InterruptedException {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    URI address =
        URI.create(
            "ws://localhost:%d/socket.io/?EIO=4&transport=websocket".formatted(server.port()));
    try {
      builder.buildAsync(address, new WebSocket.Listener() {}).get().abort();
      return 101;
    } catch (ExecutionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  /** Java's client takes no broken address. */
  private String raw(String method, String query) throws IOException {
    try (Socket socket = new Socket("localhost", server.port())) {
      socket
          .getOutputStream()
          .write(
              "%s /socket.io/?%s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
                  .formatted(method, query)
                  .getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      String[] parts = answer.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2);
      return parts[0].substring(9, 12) + " " + parts[1];
    }
  }
}
