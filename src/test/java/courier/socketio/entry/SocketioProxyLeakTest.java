package courier.socketio.entry;

import static courier.socketio.entry.ProxyBetweenSockets.POLL;
import static courier.socketio.entry.ProxyBetweenSockets.assertClosed;
import static courier.socketio.entry.ProxyBetweenSockets.head;
import static courier.socketio.entry.ProxyBetweenSockets.write;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
  void manyWaitingClientsAllReachTheServer() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = proxy.connect();
      write(socket, POLL);
      sockets.addAll(List.of(socket, proxy.accept()));
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
