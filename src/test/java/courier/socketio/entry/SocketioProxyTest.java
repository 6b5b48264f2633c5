package courier.socketio.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.SocketIOClient;
import courier.http.RouterServer;
import courier.socketio.server.SocketioConfiguration;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketioProxyTest {
  private static final String PATH = "/socket.io/?EIO=4&transport=polling";

  private final List<String> received = new CopyOnWriteArrayList<>();
  SocketioBehindRouter server;

  /** Which pages may connect is decided on before: the server behind would refuse them. */
  @BeforeEach
  void start() throws Exception {
    server = serve(options -> options.setOrigin("https://elsewhere.example"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  SocketioBehindRouter serve(Consumer<SocketioConfiguration> chosen) throws Exception {
    return new SocketioBehindRouter(chosen);
  }

  Socket connect(IO.Options options) {
    return IO.socket(URI.create("http://localhost:" + server.port), options);
  }

  /** By HTTP/2, on one connection. */
  HttpClientOptions http2() throws Exception {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false)
        .setHttp2MaxPoolSize(1);
  }

  private Socket connect(String... transports) {
    String page = "http://localhost:" + server.port;
    IO.Options options =
        IO.Options.builder()
            .setForceNew(true)
            .setTransports(transports)
            .setExtraHeaders(Map.of("Origin", List.of(page)))
            .build();
    Socket socket = connect(options);
    socket.on("echo", arguments -> received.add((String) arguments[0]));
    socket.connect();
    await().until(socket::connected);
    server.awaitClients(1);
    return socket;
  }

  /** Fewer than 50 texts: of more, netty-socketio's polling loses each 51st. */
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void passesEventsBothWaysInOrder(String transports) {
    Socket socket = connect(transports.split(","));
    List<String> texts = IntStream.range(0, 40).mapToObj(i -> "Grüße " + i).toList();
    texts.forEach(text -> socket.emit("echo", text));
    await().until(() -> received.size() == texts.size());
    assertEquals(texts, received);
    socket.close();
    server.awaitClients(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void aClientTheServerDisconnectsIsTold(String transport) {
    Socket socket = connect(transport);
    server.connected.forEach(SocketIOClient::disconnect);
    await().until(() -> !socket.connected());
    socket.close();
    server.awaitClients(0);
  }

  @Test
  void aClientThatUpgradesGetsWhatIsLargerThanASocketsBuffer() {
    Socket socket = connect("polling", "websocket");
    String text = "1234567890abcdef".repeat(200_000);
    server.connected.get(0).sendEvent("echo", text);
    server.connected.get(0).sendEvent("echo", "next");
    await().until(() -> received.size() == 2);
    assertEquals(List.of(text, "next"), received);
    socket.close();
  }

  /** A poll that waits, and what is emitted meanwhile, are streams of one connection. */
  @Test
  void passesPollsOnThatComeByHttp2() throws Exception {
    io.vertx.core.http.HttpClient client =
        server.front.vertx.createHttpClient(http2().setDefaultPort(server.port));
    String path = PATH;
    String opened = join(get(client, path));
    path += "&sid=" + new JsonObject(opened.substring(1)).getString("sid");
    assertEquals("ok", join(post(client, path, "40")));
    assertTrue(join(get(client, path)).startsWith("40{"));
    Future<String> poll = get(client, path);
    assertEquals("ok", join(post(client, path, "42[\"echo\",\"hello\"]")));
    assertEquals("42[\"echo\",\"hello\"]", join(poll));
  }

  private static Future<String> get(io.vertx.core.http.HttpClient client, String path) {
    return client
        .request(HttpMethod.GET, path)
        .compose(HttpClientRequest::send)
        .compose(SocketioProxyTest::body);
  }

  /** Without a length, which HTTP/2 does not need. */
  private static Future<String> post(
      io.vertx.core.http.HttpClient client, String path, String body) {
    return client
        .request(HttpMethod.POST, path)
        .compose(
            request -> {
              request.setChunked(true).write(body);
              request.end();
              return request.response();
            })
        .compose(SocketioProxyTest::body);
  }

  private static Future<String> body(HttpClientResponse answer) {
    assertEquals(HttpVersion.HTTP_2, answer.version());
    assertNull(answer.getHeader("connection"));
    return answer.body().map(Buffer::toString);
  }

  private static String join(Future<String> answer) {
    return answer.toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aClientThatPollsKeepsItsConnection() throws Exception {
    try (java.net.Socket socket = server.connect()) {
      String session = open(socket);
      assertEquals("200 text/html ok", ask(socket, "POST", session, "40"));
      assertTrue(ask(socket, "GET", session, "").startsWith("200 text/plain; charset=UTF-8 40{"));
      assertEquals("200 text/html ok", ask(socket, "POST", session, "42[\"echo\",\"é✓\"]"));
      assertEquals(
          "200 text/plain; charset=UTF-8 42[\"echo\",\"é✓\"]", ask(socket, "GET", session, ""));
    }
  }

  /** Its server answers before it has read it, and closes. */
  @ParameterizedTest
  @ValueSource(ints = {64 * 1024 + 1, 200_000, 5_000_000})
  void aPostThatIsTooLongIsRefusedWithAReason(int length) throws Exception {
    for (int i = 0; i < 10; i++) {
      try (java.net.Socket socket = server.connect()) {
        String answer = ask(socket, "POST", open(socket), "4".repeat(length));
        assertTrue(answer.startsWith("413 application/problem+json {"), answer);
      }
    }
  }

  @Test
  void aPostMayBeAsLongAsTheHandshakeSays() throws Exception {
    try (java.net.Socket socket = server.connect()) {
      String session = open(socket);
      assertEquals("200 text/html ok", ask(socket, "POST", session, "40" + " ".repeat(65_534)));
    }
  }

  @Test
  void aClientThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
    try (java.net.Socket socket = server.connect()) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST %s%s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
              .formatted(PATH, open(socket));
      out.write(head.getBytes(UTF_8));
      byte[] goOn = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(UTF_8);
      assertArrayEquals(goOn, socket.getInputStream().readNBytes(goOn.length));
      out.write("40".getBytes(UTF_8));
      assertEquals("200 text/html ok", answer(socket.getInputStream()));
    }
  }

  private static String open(java.net.Socket socket) throws Exception {
    String opened = ask(socket, "GET", "", "");
    String handshake = opened.substring(opened.indexOf('{'));
    return "&sid=" + new JsonObject(handshake).getString("sid");
  }

  /** Sends in pieces that come one by one. */
  private static String ask(java.net.Socket socket, String method, String query, String body)
      throws Exception {
    byte[] bytes = body.getBytes(UTF_8);
    String head = "%s %s%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.formatted(method, PATH, query, bytes.length).getBytes(UTF_8));
    for (int at = 0; at < bytes.length; at += 8_000) {
      out.write(bytes, at, Math.min(8_000, bytes.length - at));
    }
    return answer(socket.getInputStream());
  }

  private static String answer(InputStream in) throws Exception {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
      head.write(in.readNBytes(1));
    }
    String[] lines = head.toString(UTF_8).toLowerCase(Locale.ROOT).split("\r\n");
    assertFalse(List.of(lines).contains("connection: close"), head.toString(UTF_8));
    int length = Integer.parseInt(value(lines, "content-length: "));
    return lines[0].split(" ")[1]
        + " "
        + value(lines, "content-type: ").replace("utf", "UTF")
        + " "
        + new String(in.readNBytes(length), UTF_8);
  }

  private static String value(String[] lines, String name) {
    return Stream.of(lines)
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + List.of(lines)))
        .substring(name.length());
  }

  @Test
  void answersBadGatewayWithAReasonWhenTheServerIsAway() throws Exception {
    try (RouterServer away = new RouterServer()) {
      new SocketioProxy(away.vertx, Optional::empty, "localhost", SocketioBehindRouter.freePort())
          .install(away.router);
      String address = "http://localhost:%d/socket.io/?EIO=4&transport=polling";
      URI uri = URI.create(address.formatted(away.listen()));
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(502, answer.statusCode());
      assertEquals("application/problem+json", answer.headers().firstValue("content-type").get());
      assertEquals(502, new JsonObject(answer.body()).getInteger("status"));
      assertTrue(new JsonObject(answer.body()).getString("detail").contains("Socket.IO"));
    }
  }
}
