package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.contract.Conformance;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.json.JSONObject;

/** A stock Socket.IO client that remembers the arguments of each event. */
public final class SocketioClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  public final List<Object> received = new CopyOnWriteArrayList<>();
  final List<Object> cursors = new CopyOnWriteArrayList<>();
  public final AtomicInteger disconnects = new AtomicInteger();
  private final List<Throwable> breaches = new CopyOnWriteArrayList<>();
  private final Socket socket;
  private volatile boolean held;

  private SocketioClient(String address, IO.Options options) {
    options.forceNew = true;
    socket = IO.socket(URI.create(address), options);
    socket.on("newMessage", this::receive);
    socket.on(Socket.EVENT_DISCONNECT, reason -> disconnects.incrementAndGet());
    socket.connect();
  }

  private void receive(Object... arguments) {
    received.add(arguments[0]);
    if (held) {
      requireAsDescribed(arguments[0]);
    }
    if (arguments.length > 1) {
      cursors.add(arguments[1]);
    }
  }

  private void requireAsDescribed(Object message) {
    try {
      Conformance.requireEvent(JSON.readTree(message.toString()), "NewMessageEvent");
    } catch (JsonProcessingException | AssertionError e) {
      breaches.add(e);
    }
  }

  /**
   * To client B itself: each event that comes is held to the contract, which is said at the end.
   */
  public static SocketioClient ofCourier(int port) {
    SocketioClient client = connect(port, "/");
    client.held = true;
    return client;
  }

  /** Connects with these members of {@code auth}. */
  public static SocketioClient connect(int port, Map<String, String> auth, String... transports) {
    IO.Options options = new IO.Options();
    options.auth = auth;
    options.transports = transports;
    SocketioClient client = new SocketioClient("http://localhost:" + port, options);
    await().until(client.socket::connected);
    return client;
  }

  /** Why a client with such an {@code auth} may not connect. */
  public static String refusal(int port, Map<String, String> auth) throws Exception {
    IO.Options options = new IO.Options();
    options.auth = auth;
    CompletableFuture<Object> error = new CompletableFuture<>();
    SocketioClient client = new SocketioClient("http://localhost:" + port, options);
    client.socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> error.complete(arguments[0]));
    try (client) {
      return ((JSONObject) error.get(10, TimeUnit.SECONDS)).getString("message");
    }
  }

  /** Says when it comes back what it has seen, as its {@code after}. */
  public void goesOnBy(Map<String, String> auth) {
    socket.on(
        Socket.EVENT_DISCONNECT,
        reason -> auth.put("after", (String) cursors.get(cursors.size() - 1)));
  }

  public boolean isConnected() {
    return socket.connected();
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

  public void emit(String event, Object argument) {
    socket.emit(event, argument);
  }

  public boolean connected() {
    return socket.connected();
  }

  public void awaitReceived(int count) {
    await().untilAsserted(() -> assertEquals(count, received.size()));
  }

  @Override
  public void close() {
    socket.disconnect();
    assertEquals(List.of(), breaches);
  }

  public static int freePort() throws Exception {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
