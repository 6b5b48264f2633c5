package courier.live;

import courier.live.client.StockClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sockets on two instances of client B, one of which is killed under load, half of which nobody
 * gets. {@code -Dlive.sockets=200 -Dlive.rate=1000 -Dlive.seconds=60} is more than the stock
 * clients can take on a small machine; src/test/live/instances.mjs can.
 */
class InstancesIT {
  private static final int SOCKETS = Integer.getInteger("live.sockets", 24);
  private static final int RATE = Integer.getInteger("live.rate", 150);
  private static final int SECONDS = Integer.getInteger("live.seconds", 8);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void everySocketHasEveryMessageOnceWhereverItIsAndWhoeverIsKilled() {
    try (LiveCourier live = new LiveCourier(folder, 2).start();
        StockClient sockets = StockClient.many(live.urls(), SOCKETS);
        Noise noise = new Noise(live.courier.brokers());
        Load load = new Load(live.courier, "load", "clientB", 20).repeating()) {
      sockets.awaits("connect", SOCKETS);
      noise.start(RATE);
      load.start(RATE);
      load.awaitAccepted(RATE * SECONDS / 3);
      live.instance(1).kill();
      live.instance(1).launch().awaitReady();
      load.awaitAccepted(RATE * SECONDS);
      load.stop();
      sockets.awaitExactly(load);
    }
  }
}
