package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.CourierProcess;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection says whom it is, and gets what is addressed to it. */
class RecipientsIT {
  private static final String NAMES = "CLIENT_B_NAME";

  @TempDir Path folder;
  private LiveCourier live;

  @BeforeEach
  void create() {
    live = new LiveCourier(folder, 1);
  }

  @AfterEach
  void close() {
    live.close();
  }

  @Test
  void eachOfSeveralNamesGetsItsOwnAndNobodyTheFirst() throws JsonProcessingException {
    live.with(NAMES, "anna,bert").start();
    try (StockClient anna = named("anna");
        StockClient bert = named("bert");
        StockClient nobody = nobody()) {
      send("1", "x", "anna");
      send("2", "anna", "bert");
      send("3", "x", "carl");
      send("4", "bert", "anna");
      send("5", "anna", "bert");
      List.of(anna, bert, nobody).forEach(client -> client.awaits("message", 2));
      awaitIds(anna, "1", "4");
      awaitIds(bert, "2", "5");
      awaitIds(nobody, "1", "4");
    }
    assertEquals(List.of("1", "2", "4", "5"), history(""));
    assertEquals(List.of("2", "4", "5"), history("?clientId=bert"));
  }

  @Test
  void aNameThatIsNotKeptIsRefusedAndToldWhatToDo() {
    live.with(NAMES, "anna,bert").start();
    try (StockClient carl = client(Map.of("auth", Map.of("clientId", "carl")))) {
      String message =
          carl.awaits("connect_error", 1).events("connect_error").get(0).path("message").asText();
      assertTrue(message.contains("carl") && message.contains("client-b.name"), message);
      assertEquals(List.of(), carl.events("connect"));
    }
  }

  @Test
  void everyNameIsKeptWithAStarAndNobodyIsClientB() throws JsonProcessingException {
    live.with(NAMES, "*").start();
    try (StockClient anna = named("anna");
        StockClient zoe = named("Zoë, 7");
        StockClient nobody = nobody()) {
      send("1", "x", "anna");
      send("2", "x", "Zoë, 7");
      send("3", "x", "clientB");
      awaitIds(anna, "1");
      awaitIds(zoe, "2");
      awaitIds(nobody, "3");
    }
    assertEquals(List.of("1", "2", "3"), history(""));
  }

  @Test
  void aNameMayComeInTheQuery() {
    live.with(NAMES, "anna,bert").start();
    try (StockClient bert =
        client(Map.of("query", Map.of("clientId", "bert"))).awaits("connect", 1)) {
      send("1", "x", "anna");
      send("2", "x", "bert");
      awaitIds(bert, "2");
    }
  }

  private StockClient named(String name) {
    return client(Map.of("auth", Map.of("clientId", name))).awaits("connect", 1);
  }

  private StockClient nobody() {
    return client(Map.of()).awaits("connect", 1);
  }

  private StockClient client(Map<String, ?> options) {
    return StockClient.telling(live.url(0), options);
  }

  private void send(String id, String from, String to) {
    live.send(id, from, to);
  }

  /** What is addressed to different names, or comes from them, has no order. */
  private static void awaitIds(StockClient client, String... ids) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertEquals(List.of(ids), client.ids().stream().sorted().toList()));
  }

  private List<String> history(String query) throws JsonProcessingException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(live.url(0) + "/messages" + query));
    String body = CourierProcess.exchange(request, Duration.ofSeconds(20)).body();
    return new JsonMapper().readTree(body).findValuesAsText("_id").stream().sorted().toList();
  }
}
