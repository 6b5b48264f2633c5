package courier.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One client of Socket.IO 4 on a WebSocket, with as much of the protocol as a training needs. */
final class SocketioSession implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SECONDS = 20;

  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger pushed = new AtomicInteger();
  private final StringBuilder packet = new StringBuilder();
  private final WebSocket socket;
  private int emitted;
  private volatile String position = "";

  private SocketioSession(URI uri) {
    URI webSocket = URI.create(uri.toString().replaceFirst("http", "ws"));
    socket = HTTP.newWebSocketBuilder().buildAsync(webSocket, this).join();
  }

  /**
   * Connects to the default namespace.
   *
   * @param auth what to say of oneself, as JSON
   */
  static SocketioSession open(URI uri, String auth) {
    SocketioSession session = new SocketioSession(uri);
    session.send("40" + auth);
    session.connected.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    return session;
  }

  /**
   * Emits an event, and waits until it is acknowledged.
   *
   * @param event its name and arguments, as JSON
   * @return the arguments of the acknowledgement
   */
  JsonNode emit(String event) {
    int id = emitted++;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    send("42" + id + "[" + event + "]");
    return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** How many messages it got. */
  int pushed() {
    return pushed.get();
  }

  /** Of the last message that it got. */
  String position() {
    return position;
  }

  /** One at a time, and only by whoever acts and by the socket's own thread for a ping. */
  private synchronized void send(String text) {
    socket.sendText(text, true).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    packet.append(data);
    if (last) {
      take(packet.toString());
      packet.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  private void take(String text) {
    if (text.equals("2")) {
      send("3");
    } else if (text.startsWith("40")) {
      connected.complete(null);
    } else if (text.startsWith("42[\"newMessage\"")) {
      JsonNode event = parse(text.substring(2));
      position = event.path(event.size() - 1).asText();
      pushed.incrementAndGet();
    } else if (text.startsWith("43")) {
      int begin = text.indexOf('[');
      answers
          .remove(Integer.valueOf(text.substring(2, begin)))
          .complete(parse(text.substring(begin)));
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
    end(new IOException("closed with %d %s".formatted(status, reason)));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable failure) {
    end(failure);
  }

  private void end(Throwable failure) {
    connected.completeExceptionally(failure);
    answers.values().forEach(answer -> answer.completeExceptionally(failure));
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
