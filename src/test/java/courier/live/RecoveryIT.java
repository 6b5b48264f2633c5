package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.live.client.StockClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stock clients whose connections are cut again and again under load, half of which nobody gets,
 * and each client B is killed once. {@code -Dlive.seconds=30 -Dlive.rate=500 -Dlive.seed=7}
 */
@TestInstance(Lifecycle.PER_CLASS)
class RecoveryIT {
  private static final int SECONDS = Integer.getInteger("live.seconds", 12);
  private static final int RATE = Integer.getInteger("live.rate", 250);
  private static final long SEED = Long.getLong("live.seed", 1);
  private static final int TO_LATE = RATE / 5;
  private static final int TO_DEFAULT = RATE - TO_LATE;

  private LiveCourier live;
  private Load load;
  private Load toLate;
  private Noise noise;
  private StockClient steady;
  private StockClient roaming;
  private StockClient upgrading;
  private StockClient late;

  @BeforeAll
  void cutAndKillUnderLoad(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
    live = new LiveCourier(folder, 2).with("CLIENT_B_NAME", "clientB,late").start();
    noise = new Noise(live.courier.brokers());
    load = new Load(live.courier, "load", "clientB", 16).repeating();
    toLate = new Load(live.courier, "late", "late", 4);
    steady = StockClient.counting(live.url(0), Map.of());
    roaming = StockClient.counting(live.url(0), Map.of());
    upgrading =
        StockClient.counting(live.url(1), Map.of("transports", List.of("polling", "websocket")));
    late = StockClient.counting(live.url(0), Map.of("auth", Map.of("clientId", "late")));
    List<StockClient> clients = List.of(steady, roaming, upgrading, late);

    clients.forEach(client -> client.awaits("connect", 1));
    clients.forEach(StockClient::cut);
    // They had received nothing at all, and miss the first messages.
    noise.start(RATE);
    load.start(TO_DEFAULT);
    toLate.start(TO_LATE);
    int messages = TO_DEFAULT * SECONDS;
    List<CompletableFuture<Void>> cuts = new ArrayList<>();
    cuts.add(new Cuts(load, messages, steady, SEED, StockClient::cut).start());
    cuts.add(new Cuts(load, messages, roaming, SEED + 1, backAndForth()).start());
    cuts.add(new Cuts(load, messages, upgrading, SEED + 3, StockClient::cut).start());
    cuts.add(new Cuts(load, messages, late, SEED + 2, backAndForth()).start());
    for (int third = 1; third < 3; third++) {
      load.awaitAccepted(messages / 3 * third);
      live.instance(2 - third).kill();
      live.instance(2 - third).launch().awaitReady();
      clients.forEach(StockClient::awaitConnected);
    }
    CompletableFuture.allOf(cuts.toArray(CompletableFuture[]::new)).join();
    load.awaitAccepted(messages);
    load.stop();
    toLate.stop();
  }

  private Consumer<StockClient> backAndForth() {
    List<String> urls = live.urls();
    int[] times = {0};
    return client -> client.go(urls.get(++times[0] % urls.size()));
  }

  @AfterAll
  void close() {
    List.of(steady, roaming, upgrading, late).forEach(StockClient::close);
    noise.close();
    load.close();
    toLate.close();
    live.close();
  }

  @Test
  void aClientThatComesBackHasEachMessageOnceAndInOrder() {
    assertWhole(steady, load);
  }

  @Test
  void aClientThatComesBackOnAnotherInstanceHasEachMessageOnceAndInOrder() {
    assertWhole(roaming, load);
  }

  @Test
  void aClientThatBeginsWithPollingHasEachMessageOnceAndInOrder() {
    assertWhole(upgrading, load);
  }

  @Test
  void aClientWithANameOfItsOwnHasEachOfItsMessagesOnceAndInOrder() {
    assertWhole(late, toLate);
  }

  @Test
  void aClientIsRecoveredWhereNothingWasPushedOfThePartitionsItHasSeenTheEndOf() {
    noise.write(60);
    await().atMost(Duration.ofMinutes(2)).until(live::hasReadAll);
    live.instance(0).kill();
    live.instance(0).launch().awaitReady(); // it goes on after the noise
    try (StockClient client = StockClient.telling(live.url(0), Map.of())) {
      client.awaits("connect", 1);
      live.send("hop", "one", "clientB");
      client.awaits("message", 1);
      client.go(live.url(1));
      live.send("hop again", "one", "clientB");
      client.awaits("message", 2).awaitConnected();
      live.send("and stay", "one", "clientB");
      client.awaits("message", 3);

      assertEquals(List.of("hop", "hop again", "and stay"), client.ids());
      assertEquals(List.of(false, true), client.recovered());
    }
  }

  private static void assertWhole(StockClient client, Load load) {
    client.awaitExactly(load);
    // What it has now does not come again either.
    client.cut();
    client.awaitConnected();
    load.send(1);
    client.awaitExactly(load);

    List<Boolean> recovered = client.recovered();
    assertTrue(recovered.size() > Cuts.COUNT, "connections: " + recovered.size());
    assertEquals(false, recovered.get(0));
    assertTrue(recovered.stream().skip(1).allMatch(r -> r), () -> "recovered: " + recovered);
  }
}
