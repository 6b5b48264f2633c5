package courier.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.connection.Http2Peer;
import courier.http.connection.WatchedServer;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // a client may only be there
class LongAnswersTest {
  private static final byte[] PIECE = "y".repeat(64 * 1024).getBytes(UTF_8);
  private static final int PIECES = 1000;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final LongAnswers answers = new LongAnswers(3, 2);
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger lookedFor = new AtomicInteger();
  @RegisterExtension private final WatchedServer server = new WatchedServer();

  @BeforeEach
  void start() {
    ClientAddress addresses = new ClientAddress("127.0.0.1");
    server.serve(
        new HttpLimits(60_000, 60_000, 1_000, 100, 100),
        addresses,
        request -> {
          addresses.tell(request);
          server.vertx().executeBlocking(() -> answer(request), false);
        });
  }

  private Void answer(HttpServerRequest request) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setMessage(new HttpMessage(exchange, request, request.response()));
    exchange.getMessage().setHeader("Link", "<next>");
    underWay.incrementAndGet();
    try {
      if (request.path().equals("/expected")) {
        answers.expect(exchange.getMessage());
        lookedFor.incrementAndGet();
      }
      Iterator<byte[]> pieces =
          request.path().equals("/broken")
              ? new Broken()
              : Stream.generate(this::make).limit(PIECES).iterator();
      answers.send(exchange.getMessage(), pieces);
      if (!request.response().ended()) {
        request.response().end(); // as Camel does
      }
    } catch (Refusal refusal) {
      request.response().setStatusCode(refusal.problem().status()).end();
    } finally {
      underWay.decrementAndGet();
    }
    return null;
  }

  private byte[] make() {
    made.incrementAndGet();
    return PIECE;
  }

  /** The store goes away after the first piece. */
  private static final class Broken implements Iterator<byte[]> {
    private boolean begun;

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public byte[] next() {
      if (begun) {
        throw new IllegalStateException("the store is away");
      }
      begun = true;
      return PIECE;
    }
  }

  private Socket ask(String path, String client) throws IOException {
    return ask("GET", path, client, "identity");
  }

  private Socket ask(String method, String path, String client, String coding) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    String head =
        "%s %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Forwarded-For: %s\r\nAccept-Encoding: %s\r\n\r\n";
    socket.getOutputStream().write(head.formatted(method, path, client, coding).getBytes(UTF_8));
    return socket;
  }

  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void sendsAllOfItWithItsHeaders() throws Exception {
    try (Socket client = ask("/", "1.1.1.1")) {
      String answer = read(client);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.substring(0, 100));
      assertTrue(answer.contains("Link: <next>\r\n"));
      String body = answer.substring(answer.indexOf("\r\n\r\n"));
      assertEquals((long) PIECES * PIECE.length, body.chars().filter(c -> c == 'y').count());
    }
  }

  @Test
  void sendsItInGzipToWhoTakesThat() throws Exception {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .header("Accept-Encoding", "gzip")
                    .build(),
                BodyHandlers.ofInputStream());

    assertEquals("gzip", answer.headers().firstValue("content-encoding").orElseThrow());
    assertEquals("accept-encoding", answer.headers().firstValue("vary").orElseThrow());
    try (InputStream body = new GZIPInputStream(answer.body())) {
      assertEquals((long) PIECES * PIECE.length, body.transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void makesNothingForAHead() throws Exception {
    try (Socket client = ask("HEAD", "/", "1.1.1.1", "gzip")) {
      String answer = read(client);
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
      assertTrue(answer.toLowerCase().contains("content-encoding: gzip\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
      assertTrue(made.get() <= 2, () -> made + " pieces"); // it looks whether there are more
    }
  }

  @Test
  void makesNoMoreThanAClientTakesAndEndsWhenItTakesNone() throws Exception {
    try (Socket client = ask("/", "1.1.1.1")) {
      await().until(() -> underWay.get() == 1);
      await().until(() -> underWay.get() == 0);
      assertTrue(made.get() < PIECES / 2, () -> made + " pieces are in memory");
    }
  }

  @Test
  void endsWhenTheClientGoesAway() throws Exception {
    try (Socket client = ask("/", "1.1.1.1")) {
      assertTrue(client.getInputStream().read() > 0);
    }
    await().until(() -> underWay.get() == 0);
    assertTrue(made.get() < PIECES, () -> made + " pieces were made for nobody");
  }

  @Test
  void cutsOffWhatCannotBeWhole() throws Exception {
    try (Socket client = ask("/broken", "1.1.1.1")) {
      assertTrue(!read(client).endsWith("\r\n0\r\n\r\n"), "it must not look whole");
    }
  }

  @Test
  void sendsSoManyAtOnceInAllAndToAnAddress() throws Exception {
    try (Socket first = ask("/", "1.1.1.1");
        Socket second = ask("/", "1.1.1.1")) {
      await().until(() -> made.get() > 2 * 2);
      try (Socket third = ask("/", "1.1.1.1");
          Socket other = ask("/", "2.2.2.2")) {
        assertTrue(read(third).startsWith("HTTP/1.1 429 "));
        assertTrue(other.getInputStream().read() > 0);
        try (Socket another = ask("/", "3.3.3.3")) {
          assertTrue(read(another).startsWith("HTTP/1.1 503 "));
        }
      }
    }
    await().until(() -> underWay.get() == 0);
    try (Socket next = ask("/", "1.1.1.1")) {
      assertTrue(read(next).startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void refusesWhatIsGoingToBeLongBeforeItIsLookedFor() throws Exception {
    try (Socket first = ask("/", "1.1.1.1");
        Socket second = ask("/", "1.1.1.1")) {
      await().until(() -> made.get() > 2 * 2);
      try (Socket third = ask("/expected", "1.1.1.1")) {
        assertTrue(read(third).startsWith("HTTP/1.1 429 "));
        assertEquals(0, lookedFor.get());
      }
      try (Socket other = ask("/expected", "2.2.2.2")) {
        assertTrue(other.getInputStream().read() > 0);
        assertEquals(1, lookedFor.get());
      }
    }
  }

  @Test
  void cutsOffByHttp2WhatCannotBeWholeAndNothingElse() throws Exception {
    try (Http2Peer client = new Http2Peer(server.port())) {
      client.window(0, 100 * PIECE.length); // for both of them
      client.get(1, "/");
      client.await(Http2FrameTypes.DATA, 1);
      client.get(3, "/broken");
      client.window(3, PIECE.length);
      assertEquals(
          Http2Error.INTERNAL_ERROR.code(), client.await(Http2FrameTypes.RST_STREAM, 3).error());
      client.window(1, PIECE.length);
      client.await(Http2FrameTypes.DATA, 1);
    }
  }

  @Test
  void makesNoMoreThanAClientTakesByHttp2AndEndsWhenItTakesNone() throws Exception {
    try (Http2Peer client = new Http2Peer(server.port())) {
      client.get(1, "/");
      assertEquals(Http2Error.CANCEL.code(), client.await(Http2FrameTypes.RST_STREAM, 1).error());
      await().until(() -> underWay.get() == 0);
      assertTrue(made.get() < 5, () -> made + " pieces are in memory");
    }
  }

  @Test
  void leavesToCamelWhatIsOnePiece() {
    Exchange exchange = new DefaultExchange(camel);
    answers.send(exchange.getMessage(), Collections.singleton(PIECE).iterator());
    assertEquals(PIECE.length, exchange.getMessage().getBody(byte[].class).length);
  }
}
