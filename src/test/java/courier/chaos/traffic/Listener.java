package courier.chaos.traffic;

import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.fixture.CourierProcess;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.thread.EventThread;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.json.JSONObject;

/**
 * A stock Socket.IO client, which comes back by itself to where it was, and asks the store for some
 * of what it is pushed, at once. (The one for Java knows nothing of recovery by itself.)
 */
public final class Listener implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long LOOK_EVERY = 100;

  private final List<URI> instances;
  private final IO.Options options;
  private final String name;
  private final Ledger ledger;
  private final ExecutorService lookups = Executors.newSingleThreadExecutor();
  private final Map<String, String> auth = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private long looked = -LOOK_EVERY;
  private volatile Socket socket;
  private volatile URI instance;
  private int hops;

  /**
   * @param name its own, {@code @}, and the instance's
   * @param instances where it connects, first to the first one
   */
  public Listener(String name, List<URI> instances, Ledger ledger, String... transports) {
    this.name = name;
    this.instances = instances;
    this.ledger = ledger;
    options =
        IO.Options.builder()
            .setForceNew(true)
            .setReconnectionDelay(100)
            .setReconnectionDelayMax(500)
            .setAuth(auth)
            .build();
    if (transports.length > 0) {
      options.transports = transports;
    }
    connect();
  }

  private void connect() {
    instance = instances.get(hops % instances.size());
    String where = instance.toString();
    socket = IO.socket(instance, options);
    socket.on(Socket.EVENT_CONNECT, none -> ledger.write(name, What.CONNECTED, null, where));
    socket.on(
        Socket.EVENT_DISCONNECT,
        reason -> ledger.write(name, What.DISCONNECTED, null, List.of(reason).toString()));
    socket.on(
        "newMessage", arguments -> received((JSONObject) arguments[0], (String) arguments[1]));
    socket.connect();
  }

  /** Goes on at the next instance. Meanwhile it takes no event, so that it knows what it has. */
  void hop() {
    EventThread.exec(
        () -> {
          disconnect();
          hops++;
          connect();
        });
  }

  private void disconnect() {
    socket.off();
    socket.disconnect();
  }

  private void received(JSONObject event, String cursor) {
    auth.put("after", cursor);
    String text = event.optString("message");
    String id = event.optString("_id");
    ledger.write(name, What.PUSHED, text, id);
    if (ledger.now() - looked >= LOOK_EVERY && looking.compareAndSet(false, true)) {
      looked = ledger.now();
      lookups.execute(ledger.guard(() -> look(text, id)));
    }
  }

  private void look(String text, String id) {
    try {
      HttpRequest.Builder get = HttpRequest.newBuilder(instance.resolve("/messages/" + id));
      int status = CourierProcess.exchange(get, ANSWER).statusCode();
      if (status == 404 || status == 200) {
        ledger.write(name, status == 404 ? What.ABSENT : What.FOUND, text, "GET " + id);
      }
    } catch (UncheckedIOException e) {
      // not known
    } finally {
      looking.set(false);
    }
  }

  public boolean isConnected() {
    return socket.connected();
  }

  @Override
  public void close() {
    disconnect();
    lookups.shutdownNow();
  }
}
