package courier.http.connection;

import static io.netty.handler.codec.http2.Http2FrameTypes.DATA;
import static io.netty.handler.codec.http2.Http2FrameTypes.GO_AWAY;
import static io.netty.handler.codec.http2.Http2FrameTypes.PING;
import static io.netty.handler.codec.http2.Http2FrameTypes.RST_STREAM;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.HttpLimits;
import courier.http.connection.Http2Peer.Frame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Who is slow or idle is waited for no longer than the limits say. */
class Http2TimeoutsTest extends LimitedHttp2 {
  private static final int SHORT = 400;
  private static final int ALL_OF_IT = Integer.MAX_VALUE;

  private static void pause(int millis) {
    await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
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
    server.serve(new HttpLimits(LONG, LONG, SHORT, 10, 10), LimitedHttp2::answerLongly);
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
