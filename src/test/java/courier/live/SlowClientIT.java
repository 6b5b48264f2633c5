package courier.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.live.client.NeverReading;
import courier.live.client.StockClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A client that never reads costs the server nothing that grows. {@code -Dlive.messages=100000} */
class SlowClientIT {
  private static final int CONVERSATIONS = 16;
  private static final int EACH = Integer.getInteger("live.messages", 20_000) / CONVERSATIONS;

  /** So that all messages together are more than the heap may grow. */
  private static final int BYTES = 3000;

  private static final long GROWTH = 50_000_000;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void aClientThatNeverReadsIsClosedAndNeitherFillsTheHeapNorHoldsUpTheOthers() throws IOException {
    try (LiveCourier live = new LiveCourier(folder, 1).start();
        StockClient others = StockClient.many(live.urls(), 5);
        Load warmUp = new Load(live.courier, "warm", "clientB", CONVERSATIONS, BYTES);
        Load load = new Load(live.courier, "load", "clientB", CONVERSATIONS, BYTES)) {
      others.awaits("connect", 5);
      warmUp.send(EACH / 10);
      others.awaitExactly(warmUp);
      Memory memory = new Memory(live.instance(0).pid());
      long before = memory.heap();
      long residentBefore = memory.resident();

      try (NeverReading slow = new NeverReading(live.url(0))) {
        load.send(EACH);
        long growth = memory.heap() - before;
        long resident = memory.resident() - residentBefore;
        others.awaitExactly(warmUp, load);
        System.out.printf("Heap: %,d bytes more, resident: %,d%n", growth, resident);
        assertTrue(growth < GROWTH, () -> "The heap grew by " + growth);
        await().until(slow::isClosed);
      }
      others.awaitExactly(warmUp, load);
    }
  }
}
