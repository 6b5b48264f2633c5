package courier.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Socket.IO client that knows nothing of recovery: each packet by hand, over a WebSocket. */
final class PlainClient implements AutoCloseable, WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> packets = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  private PlainClient(String url, String query) {
    URI uri = URI.create(url.replace("http", "ws") + "/socket.io/?transport=websocket&" + query);
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
  }

  /** Of Socket.IO 4, or 3. */
  static PlainClient v4(String url, String auth) {
    PlainClient client = new PlainClient(url, "EIO=4");
    client.socket.sendText("40" + auth, true).join();
    client.awaitConnected();
    return client;
  }

  /** Of Socket.IO 2, which is connected without asking. */
  static PlainClient v2(String url, String query) {
    PlainClient client = new PlainClient(url, "EIO=3&" + query);
    client.awaitConnected();
    return client;
  }

  private void awaitConnected() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> packets.stream().anyMatch(packet -> packet.startsWith("40")));
  }

  /** What it was told to say when it comes back. */
  String pid() {
    return packets.stream()
        .filter(packet -> packet.startsWith("40"))
        .map(packet -> parse(packet.substring(2)).path("pid").asText())
        .findFirst()
        .orElseThrow();
  }

  /** The ids of the messages, in the order in which they came. */
  List<String> ids() {
    return events().stream().map(event -> event.path(1).path("_id").asText()).toList();
  }

  /** The last argument of the last event. */
  String cursor() {
    JsonNode last = events().get(events().size() - 1);
    return last.path(last.size() - 1).asText();
  }

  private List<JsonNode> events() {
    return packets.stream()
        .filter(packet -> packet.startsWith("42"))
        .map(packet -> parse(packet.substring(2)))
        .toList();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      packets.add(part.toString());
      part.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
