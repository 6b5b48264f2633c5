package courier.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The process of stock-client.mjs: what it says, and what it is told. */
final class StockProcess implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SCRIPT = Path.of("src/test/live/stock-client.mjs").toAbsolutePath();

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Process process;
  private final PrintStream commands;
  private volatile JsonNode report;

  StockProcess(Map<String, Object> settings) {
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

  /** All but the reports. */
  List<JsonNode> events() {
    return events;
  }

  void tell(String command) {
    commands.println(command);
  }

  /** What each socket has by now. */
  JsonNode report() {
    report = null;
    tell("report");
    await().atMost(Duration.ofSeconds(60)).until(() -> report != null);
    return report;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
