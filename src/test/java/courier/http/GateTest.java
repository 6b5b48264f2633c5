package courier.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.connection.Http2Peer;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String REQUEST =
      "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n{}";
  private static final int WHILE_CLOSED = 1_000;
  private static final int PATIENCE = 20_000;

  private EdgeServer server;

  @BeforeEach
  void start() throws Exception {
    server = new EdgeServer("*");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** With none of it or all but the last byte there, it is answered when the gate is open. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdsBackWhoIsNotWholeYet(boolean begun) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      int sent = begun ? REQUEST.length() - 1 : 0;
      write(client, REQUEST.substring(0, sent));
      // Who is answered came later.
      assertEquals("one", server.send(server.request("/things/1")).body());

      server.gate.close();
      write(client, REQUEST.substring(sent));
      client.setSoTimeout(WHILE_CLOSED);
      assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());

      server.gate.open();
      client.setSoTimeout(PATIENCE);
      var answer = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      assertEquals("HTTP/1.1 200 OK", answer.readLine());
    }
  }

  @Test
  void holdsBackByHttp2WhoIsNotWholeYet() throws Exception {
    try (Http2Peer client = new Http2Peer(server.port())) {
      client.head(1, Http2Peer.HEAD_ONLY, "POST", "/things", "content-type", "application/json");
      client.get(3, "/things/1");
      client.await(Http2FrameTypes.DATA, 3);

      server.gate.close();
      client.send(Http2FrameTypes.DATA, 1, 1, "{}".getBytes(ISO_8859_1));
      client.get(5, "/things/1");
      client.ping();
      assertTrue(
          client.readUntil(frame -> frame.type() == Http2FrameTypes.PING).stream()
              .noneMatch(frame -> frame.type() == Http2FrameTypes.HEADERS));

      server.gate.open();
      Set<Integer> answered = new HashSet<>();
      client.readUntil(
          frame -> {
            if (frame.type() == Http2FrameTypes.DATA) {
              answered.add(frame.stream());
            }
            return answered.equals(Set.of(1, 5));
          });
    }
  }

  private static void write(Socket client, String part) throws IOException {
    client.getOutputStream().write(part.getBytes(ISO_8859_1));
  }
}
