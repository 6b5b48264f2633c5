package courier.live.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import courier.contract.Conformance;
import courier.live.Load;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sockets of npm's socket.io-client in a process of their own, see stock-client.mjs. */
public final class StockClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Stock but for its waiting, as the tests have less time. */
  private static final Map<String, Object> QUICK =
      Map.of("reconnectionDelay", 200, "reconnectionDelayMax", 1000);

  /** What the contract says of an acknowledgement that is no refusal. */
  private static final Map<String, String> ACKS =
      Map.of(
          "send-message", "AcceptedAck",
          "delivered", "NotedAck",
          "read", "NotedAck",
          "history", "HistoryAck");

  private final StockProcess process;

  private StockClient(List<String> urls, int sockets, boolean events, Map<String, ?> options) {
    this(Map.of("urls", urls, "sockets", sockets, "events", events), options);
  }

  private StockClient(Map<String, ?> settings, Map<String, ?> options) {
    Map<String, Object> all = new HashMap<>(settings);
    Map<String, Object> own = new HashMap<>(QUICK);
    own.putAll(options);
    all.put("options", own);
    process = new StockProcess(all);
  }

  /** One socket of another version than the page's, such as 4.5, that tells each message. */
  public static StockClient ofVersion(String version, String url, Map<String, ?> options) {
    return new StockClient(
        Map.of("urls", List.of(url), "events", true, "version", version), options);
  }

  /** One socket that tells each message, with further options of socket.io-client's. */
  public static StockClient telling(String url, Map<String, ?> options) {
    return new StockClient(List.of(url), 1, true, options);
  }

  /** One socket that only counts its messages. */
  public static StockClient counting(String url, Map<String, ?> options) {
    return new StockClient(List.of(url), 1, false, options);
  }

  /** Sockets spread over the URLs that only count their messages. */
  public static StockClient many(List<String> urls, int sockets) {
    return new StockClient(urls, sockets, false, Map.of());
  }

  public List<JsonNode> events(String name) {
    List<JsonNode> events =
        process.events().stream()
            .filter(event -> event.path("event").asText().equals(name))
            .toList();
    if (name.equals("messageStatus")) {
      events.forEach(each -> Conformance.requireEvent(each.at("/args/0"), "MessageStatusEvent"));
    }
    return events;
  }

  /** Waits until there were so many of these events. */
  public StockClient awaits(String event, int count) {
    await(event).atMost(PATIENCE).until(() -> events(event).size() >= count);
    return this;
  }

  /** The client may say twice that it is disconnected. */
  private boolean isConnected() {
    return process.events().stream()
        .map(event -> event.path("event").asText())
        .filter(event -> event.endsWith("connect"))
        .reduce("", (earlier, later) -> later)
        .equals("connect");
  }

  private List<JsonNode> lastEvents() {
    List<JsonNode> events = List.copyOf(process.events());
    return events.subList(Math.max(0, events.size() - 5), events.size());
  }

  /** Of each connection whether it was recovered. */
  public List<Boolean> recovered() {
    return events("connect").stream().map(event -> event.path("recovered").asBoolean()).toList();
  }

  /** Why it was not connected. */
  public String refusal() {
    return awaits("connect_error", 1).events("connect_error").get(0).path("message").asText();
  }

  /** The ids of the messages, in the order in which they came. */
  public List<String> ids() {
    return events("message").stream().map(event -> event.path("id").asText()).toList();
  }

  /** Emits {@code [name, argument, …]}; the acknowledgement is an event {@code ack}. */
  public void emit(String json) {
    process.tell("emit 0 " + json);
  }

  /** The same from each socket. */
  public void emitFromAll(String json) {
    process.tell("emit all " + json);
  }

  /** Emits a message, and waits for what it is answered. */
  public JsonNode sends(String json) {
    return emits("send-message", json);
  }

  /** Emits an event with this argument, or none, and waits for what it is answered. */
  public JsonNode emits(String event, String json) {
    int before = events("ack").size();
    emit("[\"" + event + "\"" + (json.isEmpty() ? "" : "," + json) + "]");
    JsonNode answer = awaits("ack", before + 1).events("ack").get(before).path("answer");
    if (ACKS.containsKey(event)) {
      Conformance.requireEvent(answer, ACKS.get(event), "RefusedAck");
    }
    return answer;
  }

  /** Ends the connection of its only socket without a word. */
  public void cut() {
    sever("cut 0");
  }

  /** The same, and it comes back on this instance. */
  public void go(String url) {
    sever("go 0 " + url);
  }

  private void sever(String command) {
    awaitConnected();
    int disconnects = events("disconnect").size();
    process.tell(command);
    awaits("disconnect", disconnects + 1);
  }

  public void awaitConnected() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertTrue(isConnected(), () -> "its last events: " + lastEvents()));
  }

  /** Waits until each socket has what was sent, and nothing twice or in another order. */
  public void awaitExactly(Load... loads) {
    Map<String, List<Integer>> wanted =
        Arrays.stream(loads)
            .collect(Collectors.toMap(Load::name, l -> List.of(l.accepted(), 0, 0)));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              for (JsonNode socket : process.report()) {
                assertEquals(wanted, tallies(socket), () -> "socket " + socket.path("i"));
              }
            });
  }

  /** How many messages of each load it received, how many of them again, how many it missed. */
  private static Map<String, List<Integer>> tallies(JsonNode socket) {
    return socket.path("tallies").properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                tally ->
                    Stream.of("received", "repeated", "skipped")
                        .map(figure -> tally.getValue().path(figure).asInt())
                        .toList()));
  }

  @Override
  public void close() {
    process.close();
  }
}
