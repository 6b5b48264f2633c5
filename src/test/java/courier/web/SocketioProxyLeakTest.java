package courier.web;

import static courier.web.ProxyBetweenSockets.POLL;
import static courier.web.ProxyBetweenSockets.UPGRADE;
import static courier.web.ProxyBetweenSockets.assertClosed;
import static courier.web.ProxyBetweenSockets.head;
import static courier.web.ProxyBetweenSockets.read;
import static courier.web.ProxyBetweenSockets.write;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens on one side of the proxy reaches the other, and nothing is left behind. */
class SocketioProxyLeakTest {
  private ProxyBetweenSockets proxy;

  @BeforeEach
  void start() throws Exception {
    proxy = new ProxyBetweenSockets();
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
  }

  @Test
  void aWebSocketsClientThatLeavesClosesTheServersSide() throws Exception {
    Socket server = proxy.open();
    proxy.client.close();
    assertClosed(server);
  }

  @Test
  void aWebSocketsClientThatIsCutOffClosesTheServersSide() throws Exception {
    Socket server = proxy.open();
    proxy.client.setSoLinger(true, 0);
    proxy.client.close();
    assertClosed(server);
  }

  @Test
  void aServerThatClosesAWebSocketClosesTheClientsSide() throws Exception {
    proxy.open().close();
    assertClosed(proxy.client);
  }

  @Test
  void aClientThatLeavesDuringTheHandshakeClosesTheServersSide() throws Exception {
    Socket server = proxy.request(UPGRADE);
    proxy.client.close();
    assertClosed(server);
  }

  @Test
  void aClientThatLeavesALongPollClosesTheServersSide() throws Exception {
    Socket server = proxy.request(POLL);
    proxy.client.close();
    assertClosed(server);
  }

  @Test
  void aServerThatClosesALongPollIsABadGateway() throws Exception {
    proxy.request(POLL).close();
    assertTrue(head(proxy.client).startsWith("HTTP/1.1 502"));
  }

  @Test
  void aServerThatClosesDuringTheHandshakeIsABadGateway() throws Exception {
    proxy.request(UPGRADE).close();
    assertTrue(head(proxy.client).contains("application/problem+json"));
  }

  @Test
  void aRefusedWebSocketKeepsTheServersAnswer() throws Exception {
    write(proxy.request(UPGRADE), "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
    String head = head(proxy.client);
    assertTrue(head.startsWith("HTTP/1.1 401"), head);
    assertEquals("no", read(proxy.client, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {UPGRADE, POLL})
  void manyWaitingClientsAllReachTheServer(String text) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = proxy.connect();
      write(socket, text);
      sockets.addAll(List.of(socket, proxy.accept()));
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheServerBack() throws Exception {
    OutputStream stream = proxy.open().getOutputStream();
    AtomicLong taken = new AtomicLong();
    CompletableFuture.runAsync(
        () -> {
          try {
            for (byte[] piece = new byte[65_536]; true; taken.addAndGet(piece.length)) {
              stream.write(piece);
            }
          } catch (IOException closed) {
            // the test is over
          }
        });
    // The socket buffers of four ends, which the system sizes, and no more.
    await()
        .during(Duration.ofSeconds(1))
        .until(
            () -> {
              assertTrue(taken.get() < 64 << 20, () -> taken + " bytes are held in memory");
              return taken.get() > 0;
            });
  }
}
