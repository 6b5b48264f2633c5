package courier.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionLimitsTest {
  private static final int SHORT = 400;
  private static final int LONG = 60_000;
  private static final int PATIENCE = 20_000;
  private static final String HEAD = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\n";

  private static final String UPGRADE =
      POST
          + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
          + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n";

  @RegisterExtension final WatchedServer server = new WatchedServer();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\nHost: ",
        POST + "Content-Length: 60000\r\n\r\n{",
        POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        POST + "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        UPGRADE + "\r\n",
        UPGRADE + "Content-Length: 10\r\n\r\n{",
        HEAD,
        HEAD + HEAD,
        HEAD + "GET / HTTP/1.1\r\nHost: ",
      })
  void closesWhoIsWaitedFor(String sent) throws Exception {
    server.serve(new HttpLimits(SHORT, SHORT, LONG, 10, 10), ConnectionLimitsTest::readAndAnswer);
    try (Socket client = connect()) {
      client.getOutputStream().write(sent.getBytes(ISO_8859_1));
      readToTheEnd(client);
    }
  }

  @Test
  void closesWhoSendsABodyByteByByte() throws Exception {
    server.serve(new HttpLimits(LONG, SHORT, LONG, 10, 10), ConnectionLimitsTest::readAndAnswer);
    try (Socket client = connect()) {
      client.getOutputStream().write((POST + "Content-Length: 60000\r\n\r\n").getBytes());
      await()
          .untilAsserted(
              () -> assertThrows(IOException.class, () -> client.getOutputStream().write(' ')));
    }
  }

  @Test
  void letsAnAnswerTakeItsTime() throws Exception {
    server.serve(new HttpLimits(SHORT, SHORT, SHORT, 10, 10), request -> {}); // it never answers
    try (Socket client = connect()) {
      client.getOutputStream().write(HEAD.getBytes());
      client.setSoTimeout(5 * SHORT);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
    }
  }

  @Test
  void closesWhoDoesNotRead() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    server.serve(new HttpLimits(LONG, LONG, SHORT, 10, 10), WatchedServer.answerMuch(closed));
    try (Socket client = connect()) {
      client.getOutputStream().write(HEAD.getBytes());
      await().untilTrue(closed);
    }
  }

  @Test
  void answersManyRequestsOfOneConnectionOneByOneAsTheyAreRead() throws Exception {
    int requests = 100;
    int size = 1 << 20;
    AtomicInteger unread = new AtomicInteger();
    AtomicInteger mostUnread = new AtomicInteger();
    server.serve(
        new HttpLimits(LONG, LONG, LONG, 10, 10),
        request -> {
          mostUnread.accumulateAndGet(unread.incrementAndGet(), Math::max);
          request
              .response()
              .end(Buffer.buffer(new byte[size]))
              .onComplete(written -> unread.decrementAndGet());
        });
    try (Socket client = connect()) {
      client.setSoTimeout(PATIENCE);
      client.getOutputStream().write(HEAD.repeat(requests).getBytes());
      int expected = requests * size;
      byte[] buffer = new byte[size];
      for (int read = 0; read < expected; ) {
        read += client.getInputStream().read(buffer);
      }
      assertEquals(1, mostUnread.get());
    }
  }

  @Test
  void takesSoManyConnectionsInAllAndOfAnAddress() throws Exception {
    for (int perAddress : new int[] {2, 10}) {
      int all = perAddress == 2 ? 10 : 2;
      server.serve(
          new HttpLimits(LONG, LONG, LONG, all, perAddress), ConnectionLimitsTest::readAndAnswer);
      try (Socket second = connect()) {
        try (Socket first = connect();
            Socket third = connect()) {
          assertTrue(answers(first));
          assertTrue(answers(second));
          assertEquals(false, answers(third));
        }
        await()
            .until(
                () -> {
                  try (Socket next = connect()) {
                    return answers(next);
                  }
                });
        assertTrue(answers(second));
      }
      server.stop();
    }
  }

  @Test
  void countsTheConnectionsOfATrustedProxyOnlyAmongAll() throws Exception {
    server.serve(
        new HttpLimits(LONG, LONG, LONG, 10, 1),
        new ClientAddress("127.0.0.0/8"),
        ConnectionLimitsTest::readAndAnswer);
    try (Socket first = connect();
        Socket second = connect()) {
      assertTrue(answers(first));
      assertTrue(answers(second));
    }
  }

  private static void readAndAnswer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    request.endHandler(whole -> response.end("ok"));
  }

  private Socket connect() throws IOException {
    Socket socket = open(server.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  Socket open(int port) throws IOException {
    return new Socket("127.0.0.1", port);
  }

  private static boolean answers(Socket client) {
    try {
      client.getOutputStream().write(HEAD.getBytes());
      byte[] answer = new byte[HEAD.length()];
      return client.getInputStream().read(answer) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void readToTheEnd(Socket client) throws IOException {
    try {
      client.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // a reset is an end as well
    }
  }
}
