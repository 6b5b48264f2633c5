package courier.socketio.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.http.RouterServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A Socket.IO proxy with a plain socket on each side, played by the test. */
final class ProxyBetweenSockets implements AutoCloseable {
  static final String POLL = "GET /socket.io/?transport=polling HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int PATIENCE_MS = 10_000;

  private final RouterServer front = new RouterServer();
  private final ServerSocket listener = new ServerSocket(0);
  private final int port;
  final Socket client;

  ProxyBetweenSockets() throws IOException {
    new SocketioProxy(front.vertx, Optional::empty, "localhost", listener.getLocalPort())
        .install(front.router);
    port = front.listen();
    listener.setSoTimeout(PATIENCE_MS);
    client = connect();
  }

  Socket connect() throws IOException {
    return patient(new Socket("localhost", port));
  }

  /** What never comes fails a test, and does not hang it. */
  private static Socket patient(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  Socket accept() throws IOException {
    return patient(listener.accept());
  }

  /**
   * Sends a request and returns the proxy's connection to the server, once the request is there.
   */
  Socket request(String text) throws IOException {
    write(client, text);
    Socket server = accept();
    assertTrue(head(server).startsWith("GET /socket.io/?transport="));
    return server;
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream stream = socket.getInputStream();
    for (int next; head.indexOf("\r\n\r\n") < 0; head.append((char) next)) {
      next = stream.read();
      assertTrue(next >= 0, () -> "closed after: " + head);
    }
    return head.toString();
  }

  static void assertClosed(Socket socket) throws IOException {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (SocketException reset) {
      // closed as well
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    listener.close();
    front.close();
  }
}
