package courier.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client of Socket.IO 4 on a WebSocket, with as much of the protocol as it takes to listen to the
 * default namespace.
 */
final class Socket implements WebSocket.Listener, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** More than twice as long as a server waits between two pings. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Of events that nobody has taken yet: then it reads no further, and the server holds back. */
  private static final int MOST_WAITING = 1000;

  /** Behind the last event. */
  private static final JsonNode END = JsonNodeFactory.instance.missingNode();

  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final StringBuilder packet = new StringBuilder();
  private final String connect;
  private volatile long heard = System.nanoTime();
  private volatile boolean closed;
  private WebSocket webSocket;

  private Socket(ObjectNode auth) {
    connect = "40" + auth;
  }

  /** Connects to client B at that address, and says this of oneself. */
  static Socket open(URI service, ObjectNode auth) throws Unsuccessful {
    Socket socket = new Socket(auth);
    String address = service.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
    URI uri = URI.create(address + "/socket.io/?EIO=4&transport=websocket");
    try {
      socket.webSocket = HTTP.newWebSocketBuilder().buildAsync(uri, socket).join();
      socket.connected.orTimeout(SILENCE_NANOS, TimeUnit.NANOSECONDS).join();
      return socket;
    } catch (CompletionException e) {
      socket.close();
      if (e.getCause() instanceof Unsuccessful refused) {
        throw refused;
      }
      throw Api.nobody(service, e.getCause());
    }
  }

  /** The name and the arguments of the next event, as an array; a missing node when it is over. */
  JsonNode next() throws Unsuccessful {
    try {
      while (System.nanoTime() - heard < SILENCE_NANOS) {
        JsonNode event = events.poll(1, TimeUnit.SECONDS);
        if (event != null) {
          return event;
        }
      }
      return END;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsuccessful(Unsuccessful.NOT_THERE, "Interrupted.");
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard = System.nanoTime();
    packet.append(data);
    if (last) {
      take(from, packet.toString());
      packet.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(WebSocket from, String text) {
    if (text.startsWith("0")) {
      from.sendText(connect, true);
    } else if (text.equals("2")) {
      from.sendText("3", true);
    } else if (text.startsWith("40")) {
      connected.complete(null);
    } else if (text.startsWith("44")) {
      String why = parse(text.substring(2)).path("message").asText();
      end(new Unsuccessful(Unsuccessful.REFUSED, "It is refused: " + Shown.text(why)));
    } else if (text.startsWith("42")) {
      put(parse(text.substring(2)));
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.arrayNode();
    }
  }

  private void put(JsonNode event) {
    try {
      while (!closed && !events.offer(event, 1, TimeUnit.SECONDS)) {
        heard = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end(new IOException("closed with %d %s".formatted(status, reason)));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    end(failure);
  }

  private void end(Throwable failure) {
    connected.completeExceptionally(failure);
    put(END);
  }

  @Override
  public void close() {
    closed = true;
    if (webSocket != null) {
      webSocket.abort();
    }
  }
}
