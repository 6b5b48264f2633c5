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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.connection.Http2Peer.Frame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends is no more and no other than what a request is made of. */
class Http2FramesTest extends LimitedHttp2 {
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
}
