package courier.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.live.client.StockClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two client Bs of different names on one Kafka and MongoDB. */
class NamesIT {
  private static final int RATE = 50;
  private static final int MESSAGES = 150;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void allMailOfBothIsStoredAndPushedOnceAlsoThatOfANameTheyShare() {
    try (LiveCourier live =
            new LiveCourier(folder, 2)
                .with(0, "CLIENT_B_NAME", "anna,carl")
                .with(1, "CLIENT_B_NAME", "bert,anna")
                .start();
        StockClient carl = named("carl", live.url(0));
        StockClient bert = named("bert", live.url(1));
        StockClient annaHere = named("anna", live.url(0));
        StockClient annaThere = named("anna", live.url(1));
        StockClient annaRoaming = named("anna", live.url(0));
        Noise noise = new Noise(live.courier.brokers());
        Load toCarl = new Load(live.courier, "carl", "carl", 4);
        Load toBert = new Load(live.courier, "bert", "bert", 4);
        Load toAnna = new Load(live.courier, "anna", "anna", 4).repeating()) {
      List<Load> loads = List.of(toCarl, toBert, toAnna);
      List.of(carl, bert, annaHere, annaThere, annaRoaming)
          .forEach(client -> client.awaits("connect", 1));
      noise.start(RATE);
      loads.forEach(load -> load.start(RATE));
      for (int third = 1; third <= 3; third++) {
        toAnna.awaitAccepted(MESSAGES / 3 * third);
        annaRoaming.go(live.url(third % 2));
      }
      loads.forEach(Load::stop);

      carl.awaitExactly(toCarl);
      bert.awaitExactly(toBert);
      List.of(annaHere, annaThere, annaRoaming).forEach(client -> client.awaitExactly(toAnna));
      assertEquals(List.of(false, true, true, true), annaRoaming.recovered());
    }
  }

  private static StockClient named(String name, String url) {
    return StockClient.counting(url, Map.of("auth", Map.of("clientId", name)));
  }
}
