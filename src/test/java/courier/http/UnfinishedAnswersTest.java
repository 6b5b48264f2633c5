package courier.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.connection.Http2Peer;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** An answer that nobody takes comes to an end, and one that cannot be whole does not look so. */
@SuppressWarnings("try") // a client may only be there
class UnfinishedAnswersTest extends LongAnswerServer {
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
}
