package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.live.client.PacketClient;
import courier.live.client.StockClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that was away gets, by each of the ways to say where it was. */
class CatchUpIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static LiveCourier live;

  @BeforeAll
  static void start() {
    live = new LiveCourier(folder, 1).start();
  }

  @AfterAll
  static void close() {
    live.close();
  }

  @Test
  void aPlainClientGoesOnAfterAMessage() {
    send("message", 1, 4);
    try (PacketClient client = PacketClient.v4(live.url(0), after("message-0-2"))) {
      send("message", 5, 6);
      awaitIds("message", 3, 6, client::ids);
    }
  }

  @Test
  void aPlainClientGoesOnAfterACursor() {
    String cursor;
    try (PacketClient client = PacketClient.v4(live.url(0), "")) {
      send("cursor", 1, 2);
      awaitIds("cursor", 1, 2, client::ids);
      cursor = client.cursor();
    }
    send("cursor", 3, 4);
    try (PacketClient client = PacketClient.v4(live.url(0), after(cursor))) {
      send("cursor", 5, 6);
      awaitIds("cursor", 3, 6, client::ids);
    }
  }

  @Test
  void aClientOfSocketIo2GoesOnAfterAMessageOfItsQuery() {
    send("query", 1, 4);
    try (PacketClient client = PacketClient.v2(live.url(0), "after=query-0-2")) {
      send("query", 5, 6);
      awaitIds("query", 3, 6, client::ids);
    }
  }

  @Test
  void aStockClientGoesOnAfterAMessageAndIsRecoveredFromThenOn() {
    send("stock", 1, 4);
    try (StockClient client = client(Map.of("auth", Map.of("after", "stock-0-2")))) {
      awaitIds("stock", 3, 4, client::ids);
      client.cut();
      send("stock", 5, 6);
      awaitIds("stock", 3, 6, client::ids);
      assertEquals(List.of(false, true), client.recovered());
    }
  }

  @Test
  void aMessageThatNobodyKnowsIsNothingToGoOnAfter() {
    try (StockClient client =
        StockClient.telling(live.url(0), Map.of("auth", Map.of("after", "never-sent")))) {
      String message = client.refusal();
      assertTrue(message.contains("after") && message.contains("never-sent"), message);
    }
  }

  @Test
  void aClientThatPollsIsRecovered() {
    try (StockClient client = client(Map.of("transports", List.of("polling")))) {
      send("poll", 1, 2);
      awaitIds("poll", 1, 2, client::ids);
      client.cut();
      send("poll", 3, 4);
      awaitIds("poll", 1, 4, client::ids);
      assertEquals(List.of(false, true), client.recovered());
    }
  }

  @Test
  void aClientWithNonsenseIsConnectedAndLive() {
    Map<String, String> nonsense = Map.of("pid", "nonsense", "offset", "n\u00f6");
    try (StockClient client = client(Map.of("auth", nonsense))) {
      send("nonsense", 1, 2);
      awaitIds("nonsense", 1, 2, client::ids);
      assertEquals(List.of(false), client.recovered());
    }
  }

  @Test
  void aClientOfAnotherLogIsConnectedAndLive() {
    try (StockClient client = client(Map.of())) {
      send("log", 1, 2);
      awaitIds("log", 1, 2, client::ids);
      live.stop();
      live.with("DATA_DIR", "other-data").start();
      client.awaits("connect", 2);
      send("log", 3, 4);
      awaitIds("log", 1, 4, client::ids);
      assertEquals(List.of(false, false), client.recovered());
    }
  }

  private static StockClient client(Map<String, ?> options) {
    return StockClient.telling(live.url(0), options).awaits("connect", 1);
  }

  private static String after(String after) {
    return "{\"after\":\"" + after + "\"}";
  }

  /** Sends the numbers of one conversation, and waits until they are stored. */
  private static void send(String name, int first, int last) {
    IntStream.rangeClosed(first, last)
        .forEach(number -> live.send(name + "-0-" + number, name, "clientB"));
    await().atMost(PATIENCE).until(() -> live.isStored(name + "-0-" + last));
  }

  /** Of this conversation, as others send too. */
  private static void awaitIds(String name, int first, int last, Supplier<List<String>> ids) {
    List<String> wanted =
        IntStream.rangeClosed(first, last).mapToObj(number -> name + "-0-" + number).toList();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertEquals(
                    wanted, ids.get().stream().filter(id -> id.startsWith(name + "-")).toList()));
  }
}
