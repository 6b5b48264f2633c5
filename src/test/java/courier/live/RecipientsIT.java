package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.live.client.StockClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection says whom it is, and gets what is addressed to it. */
class RecipientsIT {
  private static final String NAMES = "CLIENT_B_NAME";

  @TempDir static Path folder;
  private static LiveCourier live;

  @BeforeAll
  static void start() {
    live = new LiveCourier(folder, 1).with(NAMES, "anna,bert").start();
  }

  @AfterAll
  static void close() {
    live.close();
  }

  @Test
  void eachOfSeveralNamesGetsItsOwnAndNobodyTheFirst() throws JsonProcessingException {
    try (StockClient anna = named("anna");
        StockClient bert = named("bert");
        StockClient nobody = client(Map.of())) {
      live.send("list-1", "x", "anna");
      live.send("list-2", "anna", "bert");
      live.send("list-3", "x", "carl");
      live.send("list-4", "bert", "anna");
      live.send("list-5", "anna", "bert");
      List.of(anna, bert, nobody).forEach(client -> client.awaits("message", 2));
      awaitIds(anna, "list-1", "list-4");
      awaitIds(bert, "list-2", "list-5");
      awaitIds(nobody, "list-1", "list-4");
    }
    assertEquals(List.of("list-1", "list-2", "list-4", "list-5"), history("list", ""));
    assertEquals(List.of("list-2", "list-4", "list-5"), history("list", "?clientId=bert"));
  }

  @Test
  void aNameThatIsNotKeptIsRefusedAndToldWhatToDo() {
    try (StockClient carl =
        StockClient.telling(live.url(0), Map.of("auth", Map.of("clientId", "carl")))) {
      String message = carl.refusal();
      assertTrue(message.contains("carl") && message.contains("client-b.name"), message);
      assertEquals(List.of(), carl.events("connect"));
    }
  }

  @Test
  void aNameMayComeInTheQuery() {
    try (StockClient bert = client(Map.of("query", Map.of("clientId", "bert")))) {
      live.send("query-1", "x", "anna");
      live.send("query-2", "x", "bert");
      awaitIds(bert, "query-2");
    }
  }

  @Test
  void whoIsAwayIsToldOfOnceAndWhoIsConnectedIsNot() throws Exception {
    live.send("before", "anna", "bert");
    await().until(() -> live.isStored("before"));
    Path file = folder.resolve("routes/client-b/notify-absent.camel.yaml");
    String off = Files.readString(file);
    String on =
        off.replace("2: 0s", "2: 1s").replace("3: 25s", "3: 1s").replace("\"10000\"", "\"200\"");
    Files.writeString(file, on);
    await().until(() -> live.instance(0).said().contains("notify-absent.camel.yaml is live"));
    try (StockClient anna = named("anna")) {
      live.send("away-1", "bert", "anna");
      live.send("away-2", "anna", "bert");
      awaitIds(anna, "away-1");
      await().until(() -> live.instance(0).said().contains("{\"id\":\"away-2\""));
    }
    Files.writeString(file, off);
    String said = live.instance(0).said();
    assertEquals(2, said.split("\\{\"id\":\"", -1).length, said);
  }

  @Nested
  class WithAStar {
    @Test
    void everyNameIsKeptAndNobodyIsClientB() throws JsonProcessingException {
      live.instance(0).stop();
      live.with(NAMES, "*").instance(0).launch().awaitReady();
      awaitAllIsRead(); // as a new group does again, from the beginning
      try (StockClient anna = named("anna");
          StockClient zoe = named("Zo\u00eb, 7");
          StockClient nobody = client(Map.of())) {
        live.send("star-1", "x", "anna");
        live.send("star-2", "x", "Zo\u00eb, 7");
        live.send("star-3", "x", "clientB");
        awaitIds(anna, "star-1");
        awaitIds(zoe, "star-2");
        awaitIds(nobody, "star-3");
      }
      assertEquals(List.of("star-1", "star-2", "star-3"), history("star", ""));
    }
  }

  private static void awaitAllIsRead() {
    HttpRequest.Builder unknown =
        HttpRequest.newBuilder(URI.create(live.url(0) + "/messages/none/trace"));
    await().until(() -> CourierProcess.exchange(unknown).body().contains("has read all there is"));
  }

  private static StockClient named(String name) {
    return client(Map.of("auth", Map.of("clientId", name)));
  }

  private static StockClient client(Map<String, ?> options) {
    return StockClient.telling(live.url(0), options).awaits("connect", 1);
  }

  /** What is addressed to different names, or comes from them, has no order. */
  private static void awaitIds(StockClient client, String... ids) {
    await()
        .untilAsserted(() -> assertEquals(List.of(ids), client.ids().stream().sorted().toList()));
  }

  /** The ids of a test's own messages. */
  private static List<String> history(String test, String query) throws JsonProcessingException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(live.url(0) + "/messages" + query));
    String body = CourierProcess.exchange(request, Duration.ofSeconds(20)).body();
    return new JsonMapper()
        .readTree(body).findValuesAsText("_id").stream()
            .filter(id -> id.startsWith(test + "-"))
            .sorted()
            .toList();
  }
}
