package courier.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.fixture.CourierProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Whether every client B runs its route files as they are on the disk. */
final class LiveFiles {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private LiveFiles() {}

  /** What never comes to it is said to the ledger. */
  static void await(Map<String, URI> receivers, Map<String, String> texts, Ledger ledger) {
    receivers.forEach(
        (name, receiver) -> {
          try {
            Awaitility.await().atMost(PATIENCE).until(() -> unlike(receiver, texts).isEmpty());
          } catch (ConditionTimeoutException e) {
            ledger.write(name, What.NOT_LIVE, null, "other than " + unlike(receiver, texts));
          }
        });
  }

  private static List<String> unlike(URI receiver, Map<String, String> texts) {
    return texts.keySet().stream()
        .filter(file -> !texts.get(file).equals(running(receiver, file)))
        .sorted()
        .toList();
  }

  /** Null while nobody says. */
  private static String running(URI receiver, String file) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver.resolve("/routes/" + file + "/text"));
    try {
      String answer = CourierProcess.exchange(request, PATIENCE).body();
      return JSON.readTree(answer).path("text").textValue();
    } catch (UncheckedIOException | IOException e) {
      return null;
    }
  }
}
