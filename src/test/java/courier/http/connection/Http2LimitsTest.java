package courier.http.connection;

import static io.netty.handler.codec.http2.Http2FrameTypes.CONTINUATION;
import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;
import static io.netty.handler.codec.http2.Http2FrameTypes.GO_AWAY;
import static io.netty.handler.codec.http2.Http2FrameTypes.HEADERS;
import static io.netty.handler.codec.http2.Http2FrameTypes.PING;
import static io.netty.handler.codec.http2.Http2FrameTypes.PRIORITY;
import static io.netty.handler.codec.http2.Http2FrameTypes.RST_STREAM;
import static io.netty.handler.codec.http2.Http2FrameTypes.SETTINGS;
import static io.netty.handler.codec.http2.Http2FrameTypes.WINDOW_UPDATE;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.connection.Http2Peer.Frame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By a client that sends what no client library would. */
class Http2LimitsTest {
  private static final int SHORT = 400;
  private static final int LONG = 60_000;
  private static final int INITIAL_WINDOW = 4; // a setting
  private static final int NO_WINDOW = 0;
  private static final int ALL_OF_IT = Integer.MAX_VALUE;
  private static final int ACKNOWLEDGED = 1;
  private static final HttpLimits PATIENT = new HttpLimits(LONG, LONG, LONG, 10, 10);

  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  @RegisterExtension final WatchedServer server = new WatchedServer();

  /** What is asked for at /later is never answered. */
  private void readAndAnswer(HttpServerRequest request) {
    request.endHandler(
        whole -> {
          if (!request.path().equals("/later")) {
            answered.add(request.path());
            request.response().end("ok");
          }
        });
  }

  private Http2Peer peer(int... settings) throws IOException {
    return new Http2Peer(open(server.port()), settings);
  }

  Socket open(int port) throws IOException {
    return new Socket("127.0.0.1", port);
  }

  private static void answerLongly(HttpServerRequest request) {
    request.response().end(Buffer.buffer(new byte[64 << 10]));
  }

  private static void pause(int millis) {
    await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
  }

  private static boolean isWhole(Frame frame, int stream) {
    return frame.stream() == stream && frame.type() == DATA && (frame.flags() & 1) == 1;
  }

  @Test
  void answersSeveralAtOnceOnOneConnection() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.get(1, "/later");
      client.get(3, "/now");
      client.readUntil(frame -> isWhole(frame, 3));
    }
  }

  @Test
  void takesSoManyConnectionsInAllAndOfAnAddress() throws Exception {
    for (int perAddress : new int[] {2, 10}) {
      server.serve(
          new HttpLimits(LONG, LONG, LONG, perAddress == 2 ? 10 : 2, perAddress),
          this::readAndAnswer);
      try (Http2Peer second = peer()) {
        try (Http2Peer first = peer()) {
          assertTrue(answers(first));
          assertTrue(answers(second));
          try (Http2Peer third = peer()) {
            assertFalse(answers(third));
          } catch (IOException e) {
            // closed before it had sent all
          }
        }
        await().until(this::answersANewOne);
      }
      server.stop();
    }
  }

  private boolean answersANewOne() {
    try (Http2Peer next = peer()) {
      return answers(next);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answers(Http2Peer client) {
    try {
      client.get(1, "/");
      client.readUntil(frame -> isWhole(frame, 1));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  void refusesMoreStreamsAtOnceThanItHasSaid() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.send(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
      assertRefusesMoreThan(Http2.STREAMS, client);
    }
  }

  @Test
  void refusesManyStreamsAlsoOfWhoDoesNotListen() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      assertRefusesMoreThan(Http2.STREAMS_AT_FIRST, client);
    }
  }

  private static void assertRefusesMoreThan(int most, Http2Peer client) throws Exception {
    for (int i = 0; i <= most; i++) {
      client.head(2 * i + 1, Http2Peer.WHOLE, "POST", "/later");
    }
    Frame refused = client.await(RST_STREAM, 2 * most + 1);
    assertEquals(Http2Error.REFUSED_STREAM.code(), refused.error());
    client.reset(1);
    int next = 2 * most + 3;
    client.head(next, Http2Peer.WHOLE, "POST", "/now");
    client.readUntil(frame -> isWhole(frame, next));
  }

  @Test
  void takesNoLongerHeadThanByHttp1() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.head(1, Http2Peer.WHOLE, "GET", "/long", "x", "y".repeat(9_000));
      client.readUntil(frame -> frame.type() == RST_STREAM || frame.type() == HEADERS);
      client.get(3, "/");
      client.readUntil(frame -> isWhole(frame, 3));
      assertFalse(answered.contains("/long"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'/socket.io/?x=1 HTTP/1.1\r\nX-Forwarded-For: 9.9.9.9\r\nX:', 1",
    "'/a b', 1",
    "/, '1\r\nX-Forwarded-For: 9.9.9.9'",
    "/, '1\n2'",
  })
  void resetsWhoHidesLinesInAHead(String path, String value) throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.head(1, Http2Peer.WHOLE, "GET", path, "x", value);
      assertEquals(Http2Error.PROTOCOL_ERROR.code(), client.await(RST_STREAM, 1).error());
      client.head(3, Http2Peer.WHOLE, "GET", "/", "x", "what is well\tformed");
      client.readUntil(frame -> isWhole(frame, 3));
      assertEquals(Set.of("/"), answered);
    }
  }

  @Test
  void takesNoMoreOfBodiesThanAreRead() throws Exception {
    server.serve(PATIENT, HttpServerRequest::pause);
    try (Http2Peer client = peer()) {
      client.head(1, Http2Peer.HEAD_ONLY, "POST", "/");
      for (int left = Http2CodecUtil.DEFAULT_WINDOW_SIZE; left > 0; left -= 16 << 10) {
        client.send(DATA, 0, 1, new byte[Math.min(left, 16 << 10)]);
      }
      client.ping();
      List<Frame> frames = client.readUntil(frame -> frame.type() == PING);
      assertTrue(frames.stream().noneMatch(frame -> frame.type() == WINDOW_UPDATE));
      client.head(3, Http2Peer.HEAD_ONLY, "POST", "/");
      client.send(DATA, 0, 3, new byte[1]);
      assertNotNull(client.await(RST_STREAM, 3)); // there is no room for it
    }
  }

  @Test
  void closesWhoBeginsAndResetsTooMany() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      assertEndsCalmly(
          client,
          i -> {
            client.head(2 * i + 1, Http2Peer.WHOLE, "POST", "/later");
            client.reset(2 * i + 1);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {PING, SETTINGS, PRIORITY, CONTINUATION, 0xbe})
  void closesWhoSendsTooManyFramesThatAreOnlyWork(int type) throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      if (type == CONTINUATION) {
        client.head(1, 0, "GET", "/");
      }
      assertEndsCalmly(
          client,
          i -> {
            switch (type) {
              case PRIORITY -> client.send(type, 0, 2 * i + 3, new byte[5]);
              case CONTINUATION -> client.send(type, 0, 1, new byte[0]);
              case PING -> client.ping();
              default -> client.send(type, 0, 0, new byte[0]);
            }
          });
    }
  }

  private interface Sending {
    void send(int number) throws Exception;
  }

  private static void assertEndsCalmly(Http2Peer client, Sending sending) throws Exception {
    try {
      for (int i = 0; i < 2 * FrameFlood.MOST; i++) {
        sending.send(i);
      }
    } catch (IOException e) {
      return; // closed already, and so fast that what was said is lost
    }
    client.readToTheEnd().stream()
        .filter(frame -> frame.type() == GO_AWAY)
        .forEach(frame -> assertEquals(Http2Error.ENHANCE_YOUR_CALM.code(), frame.error()));
  }

  @Test
  void resetsARequestThatDoesNotEndAndNoOther() throws Exception {
    server.serve(new HttpLimits(LONG, SHORT, LONG, 10, 10), this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.get(1, "/later");
      client.head(3, Http2Peer.HEAD_ONLY, "POST", "/");
      client.send(DATA, 0, 3, new byte[10]);
      Frame reset = client.await(RST_STREAM, 3);
      assertEquals(Http2Error.CANCEL.code(), reset.error());
      client.get(5, "/");
      List<Frame> frames = client.readUntil(frame -> isWhole(frame, 5));
      assertTrue(frames.stream().noneMatch(frame -> frame.stream() == 1));
    }
  }

  @Test
  void closesAConnectionWithoutAStreamWhateverElseIsSent() throws Exception {
    server.serve(new HttpLimits(SHORT, LONG, LONG, 10, 10), this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.get(1, "/");
      client.readUntil(frame -> isWhole(frame, 1));
      for (int pings = 0; pings < FrameFlood.MOST / 2; pings++) {
        client.ping();
        Frame frame = client.read();
        if (frame == null || frame.type() == GO_AWAY) {
          return;
        }
        pause(SHORT / 10);
      }
      throw new AssertionError("It is open yet");
    }
  }

  @Test
  void keepsAConnectionWithAStream() throws Exception {
    server.serve(new HttpLimits(SHORT, SHORT, SHORT, 10, 10), this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.get(1, "/later");
      pause(3 * SHORT);
      client.ping();
      assertNotNull(client.await(PING, 0));
    }
  }

  @Test
  void resetsWhoTakesNothingOfAnAnswer() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    server.serve(
        new HttpLimits(LONG, LONG, SHORT, 10, 10),
        request -> {
          request.response().closeHandler(closed -> gone.set(true));
          answerLongly(request);
        });
    try (Http2Peer client = peer(INITIAL_WINDOW, NO_WINDOW)) {
      client.get(1, "/");
      client.ping();
      assertEquals(Http2Error.CANCEL.code(), client.await(RST_STREAM, 1).error());
      await().untilTrue(gone);
    }
  }

  @Test
  void letsAClientTakeAnAnswerSlowly() throws Exception {
    server.serve(new HttpLimits(LONG, LONG, SHORT, 10, 10), Http2LimitsTest::answerLongly);
    try (Http2Peer client = peer(INITIAL_WINDOW, NO_WINDOW)) {
      client.get(1, "/");
      for (int i = 0; i < 20; i++) {
        pause(SHORT / 4);
        client.window(1, 10);
        assertEquals(10, client.await(DATA, 1).payload().length);
      }
    }
  }

  @Test
  void closesWhoDoesNotRead() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    server.serve(new HttpLimits(LONG, LONG, SHORT, 10, 10), WatchedServer.answerMuch(closed));
    try (Http2Peer client = peer(INITIAL_WINDOW, ALL_OF_IT)) {
      client.window(0, ALL_OF_IT - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
      client.get(1, "/");
      await().untilTrue(closed);
    }
  }

  @Test
  void beginsFewGetsBeforeTheirAnswersAreTaken() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicBoolean polled = new AtomicBoolean();
    server.serve(
        PATIENT,
        request -> {
          if (request.path().startsWith("/socket.io/")) {
            polled.set(true);
          } else {
            begun.incrementAndGet();
            answerLongly(request);
          }
        });
    try (Http2Peer client = peer(INITIAL_WINDOW, NO_WINDOW)) {
      for (int i = 0; i < 10; i++) {
        client.get(2 * i + 1, "/");
      }
      client.get(21, "/socket.io/?EIO=4");
      await().untilTrue(polled);
      assertEquals(FewAnswersAtATime.MOST, begun.get());
      client.reset(19); // of the last one, which has not begun
      client.reset(1);
      await().until(() -> begun.get() == FewAnswersAtATime.MOST + 1);
      client.send(SETTINGS, 0, 0, new byte[] {0, 4, 0, 1, 0, 0});
      client.window(0, 1 << 20);
      client.readUntil(frame -> isWhole(frame, 17));
      assertEquals(9, begun.get());
    }
  }

  @Test
  void beginsAllGetsOfATrustedProxy() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    server.serve(PATIENT, new ClientAddress("127.0.0.1"), request -> begun.incrementAndGet());
    try (Http2Peer client = peer()) {
      for (int i = 0; i < 10; i++) {
        client.get(2 * i + 1, "/");
      }
      await().until(() -> begun.get() == 10);
    }
  }

  @Test
  void stopsInTimeAndSaysSo() throws Exception {
    server.serve(PATIENT, this::readAndAnswer);
    try (Http2Peer client = peer()) {
      client.get(1, "/later");
      client.get(3, "/");
      client.readUntil(frame -> isWhole(frame, 3));
      long begun = System.nanoTime();
      server.stop();
      assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(10));
      assertEquals(GO_AWAY, client.read().type());
      assertNull(client.read());
    }
  }
}
