package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.ForeignProducer;
import courier.fixture.SharedCourier;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The figures of both services, as Prometheus gets them, and what is said of them. */
@ExtendWith(SharedCourier.class)
class FiguresIT {
  private static final Pattern NAME = Pattern.compile("\\bcourier_[a-z_]+[a-z]\\b");
  private static final int EACH = 20;

  private final CourierProcess courier;

  FiguresIT(CourierProcess courier) {
    this.courier = courier;
  }

  /** The sum of all series of a name; 0 when there is none. */
  private double sum(String name) {
    double sum = 0;
    for (Matcher series =
            Pattern.compile("(?m)^courier_" + name + "(?:\\{.*})? (\\S+)$").matcher(scraped());
        series.find(); ) {
      sum += Double.parseDouble(series.group(1));
    }
    return sum;
  }

  private String scraped() {
    return courier.get(courier.managementA() + "/metrics").body()
        + courier.get(courier.managementB() + "/metrics").body();
  }

  /** What has become of all that was read. */
  private double ended() {
    return sum("messages_stored_total")
        + sum("messages_ignored_total")
        + sum("messages_duplicates_total")
        + sum("messages_dead_lettered_total");
  }

  private void awaitAllRead() {
    await()
        .until(
            () ->
                courier
                    .get(courier.clientB() + "/messages/nothing/trace")
                    .body()
                    .contains("has read all there is"));
  }

  @Test
  void whatIsAcceptedIsStoredIgnoredDeadLetteredOrADuplicate() throws Exception {
    awaitAllRead();
    double accepted = sum("messages_accepted_total");
    double stored = sum("messages_stored_total");
    double ignored = sum("messages_ignored_total");
    double duplicates = sum("messages_duplicates_total");
    double poison = sum("messages_dead_lettered_total");
    double pushed = sum("events_pushed_total");
    double timed = sum("messages_store_time_seconds_count");
    double ended = ended();
    double read = sum("messages_read_total");
    int port = Integer.parseInt(courier.variable("CLIENT_B_HTTP_PORT"));
    try (SocketioClient client = SocketioClient.connect(port, "", "websocket")) {
      assertTrue(client.connected());
      for (int i = 0; i < EACH; i++) {
        send("clientB", "");
        send("somebody-else", "");
        send("clientB", ",\"$bad\":1");
        send("clientB", ",\"id\":\"figures-twice\"");
      }
      awaitAllRead();
    }

    assertEquals(4 * EACH, sum("messages_accepted_total") - accepted);
    assertEquals(EACH + 1, sum("messages_stored_total") - stored);
    assertEquals(EACH, sum("messages_ignored_total") - ignored);
    assertEquals(EACH, sum("messages_dead_lettered_total") - poison);
    assertEquals(EACH - 1, sum("messages_duplicates_total") - duplicates);
    assertEquals(EACH + 1, sum("events_pushed_total") - pushed);
    assertEquals(EACH + 1, sum("messages_store_time_seconds_count") - timed);
    assertEquals(sum("messages_read_total") - read, ended() - ended);
  }

  private void send(String to, String more) {
    String json = "{\"from\":\"figures\",\"to\":\"%s\",\"message\":\"m\"%s}".formatted(to, more);
    assertEquals(202, courier.send(json).statusCode());
  }

  @Test
  void whatIsRefusedIsCountedByRouteAndStatus() {
    String refused = "requests_refused_total\\{route=\"%s\",status=\"%s\"}";
    String invalid = refused.formatted("send-message", "400");
    String nowhere = refused.formatted("none", "404");
    double before = sum(invalid);
    double lost = sum(nowhere);

    courier.send("{}");
    courier.get(courier.clientA() + "/nowhere");

    assertEquals(1, sum(invalid) - before);
    assertEquals(1, sum(nowhere) - lost);
  }

  @Test
  void eachFigureIsInTheTableOfThePageAndEachQueryHasOne() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `(courier_\\w+)` \\|");
    Set<String> listed = new TreeSet<>();
    for (Matcher line = row.matcher(Files.readString(Path.of("docs/operations.md")));
        line.find(); ) {
      listed.add(line.group(1));
    }
    // What is looked at by timers is there soon; what is counted under a label, from the first on.
    courier.send("{}");
    send("clientB", "");
    await().untilAsserted(() -> assertEquals(listed, names(scraped())));

    for (String file : new String[] {"grafana/courier.json", "prometheus/alerts.yaml"}) {
      Set<String> asked = names(Files.readString(Path.of("docker", file)));
      assertTrue(listed.containsAll(asked), () -> file + ": " + asked);
      assertTrue(asked.size() > 5, file);
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher name = NAME.matcher(text.replaceAll("(?m)^#.*", "")); name.find(); ) {
      names.add(name.group().replaceFirst("(_seconds)_(bucket|count|sum|max)$", "$1"));
    }
    return names;
  }

  @Test
  void whatAStrangerHasLoggedIsOneLine() throws Exception {
    String forged = "12:00:00.000 ERROR courier.Courier - all is lost";
    String last;
    try (ForeignProducer producer = new ForeignProducer(courier.brokers())) {
      last =
          producer.send(
              "client-messages",
              "k",
              "{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"m\",\"$\\n%s\\u001b[2J\":1}"
                  .formatted(forged));
    }
    Path log = courier.folder.resolve("courier-0.log");
    await().until(() -> Files.readString(log).contains(last));

    String said = Files.readString(log);
    assertTrue(said.contains("\\n" + forged), said);
    assertEquals(-1, said.indexOf('\u001b'));
    assertEquals(0, said.lines().filter(forged::equals).count());
    assertTrue(
        said.lines()
            .filter(line -> line.contains(last))
            .anyMatch(line -> line.endsWith("[route park-dead-letter]")),
        said);
  }
}
