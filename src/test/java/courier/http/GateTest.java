package courier.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String REQUEST =
      "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
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

  private static void write(Socket client, String part) throws IOException {
    client.getOutputStream().write(part.getBytes(ISO_8859_1));
  }
}
