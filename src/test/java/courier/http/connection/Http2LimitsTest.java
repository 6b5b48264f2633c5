package courier.http.connection;

import static io.netty.handler.codec.http2.Http2FrameTypes.RST_STREAM;
import static io.netty.handler.codec.http2.Http2FrameTypes.SETTINGS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.connection.Http2Peer.Frame;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client has so many connections, streams and answers at a time. */
class Http2LimitsTest extends LimitedHttp2 {
  private static final int ACKNOWLEDGED = 1;

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
}
