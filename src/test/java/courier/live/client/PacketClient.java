package courier.live.client;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.Json;
import courier.socketio.PlainClient;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** A Socket.IO client that knows nothing of recovery: each packet by hand, over a WebSocket. */
public final class PacketClient implements AutoCloseable {
  private final PlainClient socket;

  private PacketClient(PlainClient socket) {
    this.socket = socket;
    await().until(() -> packets("40").findFirst().isPresent());
  }

  /** Of Socket.IO 4, or 3. */
  public static PacketClient v4(String url, String auth) {
    return new PacketClient(PlainClient.open(port(url)).send("40" + auth));
  }

  /** Of Socket.IO 2, which is connected without asking. */
  public static PacketClient v2(String url, String query) {
    return new PacketClient(PlainClient.ofVersionThree(port(url), query));
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  /** What it was told to say when it comes back. */
  public String pid() {
    return packets("40").map(packet -> packet.path("pid").asText()).findFirst().orElseThrow();
  }

  /** The ids of the messages, in the order in which they came. */
  public List<String> ids() {
    return packets("42").map(event -> event.path(1).path("_id").asText()).toList();
  }

  /** The last argument of the last event. */
  public String cursor() {
    List<JsonNode> events = packets("42").toList();
    JsonNode last = events.get(events.size() - 1);
    return last.path(last.size() - 1).asText();
  }

  private Stream<JsonNode> packets(String kind) {
    return socket.received.stream()
        .filter(packet -> packet.startsWith(kind))
        .map(packet -> Json.read(packet.substring(kind.length())));
  }

  @Override
  public void close() {
    socket.close();
  }
}
