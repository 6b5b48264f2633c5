package courier.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sockets of npm's socket.io-client in a process of their own, see stock-client.mjs. */
final class StockClient implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SCRIPT = Path.of("src/test/live/stock-client.mjs").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Stock but for its waiting, as the tests have less time. */
  private static final Map<String, Object> QUICK =
      Map.of("reconnectionDelay", 200, "reconnectionDelayMax", 1000);

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Process process;
  private final PrintStream commands;
  private volatile JsonNode report;

  private StockClient(List<String> urls, int sockets, boolean events, Map<String, ?> options) {
    Map<String, Object> all = new HashMap<>(QUICK);
    all.putAll(options);
    Map<String, Object> settings =
        Map.of("urls", urls, "sockets", sockets, "events", events, "options", all);
    try {
      process =
          new ProcessBuilder("node", SCRIPT.toString(), JSON.writeValueAsString(settings))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    commands = new PrintStream(process.getOutputStream(), true, UTF_8);
    Thread reader = new Thread(this::read, "stock-client");
    reader.setDaemon(true);
    reader.start();
  }

  /** One socket that tells each message, with further options of socket.io-client's. */
  static StockClient telling(String url, Map<String, ?> options) {
    return new StockClient(List.of(url), 1, true, options);
  }

  /** One socket that only counts its messages. */
  static StockClient counting(String url, Map<String, ?> options) {
    return new StockClient(List.of(url), 1, false, options);
  }

  /** Sockets spread over the URLs that only count their messages. */
  static StockClient many(List<String> urls, int sockets) {
    return new StockClient(urls, sockets, false, Map.of());
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = JSON.readTree(line);
        if (event.path("event").asText().equals("report")) {
          report = event.path("clients");
        } else {
          events.add(event);
        }
      }
    } catch (IOException e) {
      // ended
    }
  }

  List<JsonNode> events(String name) {
    return events.stream().filter(event -> event.path("event").asText().equals(name)).toList();
  }

  /** Waits until there were so many of these events. */
  StockClient awaits(String event, int count) {
    await(event).atMost(PATIENCE).until(() -> events(event).size() >= count);
    return this;
  }

  private boolean isConnected() {
    return events("connect").size() > events("disconnect").size();
  }

  private List<JsonNode> lastEvents() {
    return events.subList(Math.max(0, events.size() - 5), events.size());
  }

  /** Of each connection whether it was recovered. */
  List<Boolean> recovered() {
    return events("connect").stream().map(event -> event.path("recovered").asBoolean()).toList();
  }

  /** The ids of the messages, in the order in which they came. */
  List<String> ids() {
    return events("message").stream().map(event -> event.path("id").asText()).toList();
  }

  /** Ends the connection of its only socket without a word. */
  void cut() {
    sever("cut 0");
  }

  /** The same, and it comes back on this instance. */
  void go(String url) {
    sever("go 0 " + url);
  }

  private void sever(String command) {
    awaitConnected();
    int disconnects = events("disconnect").size();
    commands.println(command);
    awaits("disconnect", disconnects + 1);
  }

  void awaitConnected() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertTrue(isConnected(), () -> "its last events: " + lastEvents()));
  }

  /** Waits until each socket has what was sent, and nothing twice or in another order. */
  void awaitExactly(Load... loads) {
    Map<String, List<Integer>> wanted =
        Arrays.stream(loads)
            .collect(Collectors.toMap(Load::name, l -> List.of(l.accepted(), 0, 0)));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              for (JsonNode socket : report()) {
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

  private JsonNode report() {
    report = null;
    commands.println("report");
    await().atMost(PATIENCE).until(() -> report != null);
    return report;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
