package courier.socketio.entry;

import static courier.socketio.entry.ProxyBetweenSockets.assertClosed;
import static courier.socketio.entry.ProxyBetweenSockets.head;
import static courier.socketio.entry.ProxyBetweenSockets.read;
import static courier.socketio.entry.ProxyBetweenSockets.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket's connection goes through, seen from its client's plain socket. */
class WebSocketHandoverTest {
  private static final String OTHER = "GET /other HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String UPGRADE =
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
          + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private static final String POLL =
      "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\n\r\n";

  private SocketioBehindRouter server;

  @BeforeEach
  void start() throws Exception {
    server = serve();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  SocketioBehindRouter serve() throws Exception {
    return new SocketioBehindRouter(options -> {});
  }

  private Socket open() throws Exception {
    Socket client = server.connect();
    write(client, UPGRADE);
    assertTrue(head(client).startsWith("HTTP/1.1 101"));
    assertTrue(frame(client).startsWith("0{\"sid\":"));
    return client;
  }

  @Test
  void aClientMaySendRightBehindItsRequest() throws Exception {
    try (Socket client = server.connect()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(UPGRADE.getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(masked("40"));
      client.getOutputStream().write(all.toByteArray());
      assertTrue(head(client).startsWith("HTTP/1.1 101"));
      assertTrue(frame(client).startsWith("0{\"sid\":"));
      assertTrue(frame(client).startsWith("40{\"sid\":"));
    }
  }

  @Test
  void aConnectionMayServeOtherRequestsBefore() throws Exception {
    try (Socket client = server.connect()) {
      write(client, OTHER);
      assertTrue(head(client).startsWith("HTTP/1.1 418"));
      write(client, OTHER + UPGRADE);
      assertTrue(head(client).startsWith("HTTP/1.1 418"));
      assertTrue(head(client).startsWith("HTTP/1.1 101"));
    }
  }

  @Test
  void clientsThatLeaveAtAnyMomentAreForgotten() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket early = server.connect();
      write(early, UPGRADE);
      early.setSoLinger(i % 2 == 0, 0);
      early.close();
      clients.add(open());
    }
    server.awaitClients(100);
    for (Socket client : clients) {
      client.setSoLinger(client.getLocalPort() % 2 == 0, 0);
      client.close();
    }
    server.awaitClients(0);
  }

  @Test
  void theSocketioServersEndClosesIt() throws Exception {
    try (Socket client = open()) {
      server.context.stop();
      assertClosed(client);
    }
  }

  @Test
  void theHttpServersEndClosesIt() throws Exception {
    try (Socket client = open()) {
      server.front.close();
      assertClosed(client);
    }
  }

  @Test
  void noSocketioServerIsABadGateway() throws Exception {
    server.context.getComponent("socketio").stop();
    try (Socket client = server.connect()) {
      write(client, UPGRADE);
      String head = head(client);
      assertTrue(head.startsWith("HTTP/1.1 502"), head);
      assertTrue(head.contains("application/problem+json"), head);
    }
  }

  @Test
  void theServerSeesTheClientsOwnAddress() throws Exception {
    try (Socket client = open()) {
      server.awaitClients(1);
      assertEquals(
          client.getLocalSocketAddress(), server.connected.get(0).getHandshakeData().getAddress());
    }
  }

  @Test
  void anAddressWithTooManySessionsIsToldToWait() throws Exception {
    server.options.setMaxConnectionsPerAddress(2);
    Socket one = open();
    try (Socket other = server.connect();
        Socket poll = server.connect()) {
      write(poll, POLL);
      assertTrue(head(poll).startsWith("HTTP/1.1 200"));
      for (String request : List.of(UPGRADE, POLL)) {
        write(other, request);
        String head = head(other);
        assertTrue(head.startsWith("HTTP/1.1 429"), head);
        assertTrue(head.contains("retry-after: 1"), head);
        assertTrue(head.contains("application/problem+json"), head);
        read(other, Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1")));
      }
      one.close();
      server.awaitClients(1); // the one that polls
      write(other, UPGRADE);
      assertTrue(head(other).startsWith("HTTP/1.1 101"));
    }
  }

  @Test
  void aClientThatDoesNotReadIsForgottenAtOnce() throws Exception {
    try (Socket client = open()) {
      server.awaitClients(1);
      String text = "x".repeat(1 << 20);
      for (int i = 0; i < 50; i++) {
        server.connected.get(0).sendEvent("newMessage", text);
      }
      server.awaitClients(0);
      assertTrue(client.getInputStream().readAllBytes().length < 50 << 20);
    }
  }

  private static String frame(Socket socket) throws IOException {
    int head = socket.getInputStream().read();
    assertEquals(0x81, head);
    int length = socket.getInputStream().read();
    return read(socket, length < 126 ? length : Integer.parseInt(hex(read(socket, 2)), 16));
  }

  private static String hex(String bytes) {
    return "%02x%02x".formatted((int) bytes.charAt(0), (int) bytes.charAt(1));
  }

  /** A frame of a client, with a mask of zeros. */
  private static byte[] masked(String text) {
    byte[] head = {(byte) 0x81, (byte) (0x80 | text.length()), 0, 0, 0, 0};
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(head);
    frame.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return frame.toByteArray();
  }
}
