package courier.socketio;

import static org.awaitility.Awaitility.await;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stock Socket.IO client that remembers the first argument of each event. */
public final class SocketioClient implements AutoCloseable {
  public final List<Object> received = new CopyOnWriteArrayList<>();
  final AtomicInteger disconnects = new AtomicInteger();
  private final Socket socket;

  private SocketioClient(String address, IO.Options options) {
    options.forceNew = true;
    socket = IO.socket(URI.create(address), options);
    socket.on("newMessage", arguments -> received.add(arguments[0]));
    socket.on(Socket.EVENT_DISCONNECT, reason -> disconnects.incrementAndGet());
    socket.connect();
  }

  public static SocketioClient connect(int port, String path, String... transports) {
    IO.Options options = new IO.Options();
    if (transports.length > 0) {
      options.transports = transports;
    }
    SocketioClient client = new SocketioClient("http://localhost:" + port + path, options);
    await().until(client.socket::connected);
    return client;
  }

  void emit(String event, Object argument) {
    socket.emit(event, argument);
  }

  public boolean connected() {
    return socket.connected();
  }

  public void awaitReceived(int count) {
    await()
        .untilAsserted(() -> org.junit.jupiter.api.Assertions.assertEquals(count, received.size()));
  }

  @Override
  public void close() {
    socket.disconnect();
  }

  static int freePort() throws Exception {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
