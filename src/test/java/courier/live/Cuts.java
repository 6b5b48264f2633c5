package courier.live;

import courier.live.client.StockClient;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Cuts a client's connection at random moments of a load, and now and then while it comes back. */
final class Cuts {
  static final int COUNT = 20;
  private static final int ONCE_MORE = 4;

  private final Load load;
  private final StockClient client;
  private final Consumer<StockClient> cut;
  private final int[] moments;
  private final Random random;

  /**
   * @param messages the moments are between the first message and this one
   */
  Cuts(Load load, int messages, StockClient client, long seed, Consumer<StockClient> cut) {
    this.load = load;
    this.client = client;
    this.cut = cut;
    random = new Random(seed);
    moments = random.ints(COUNT, 0, messages).sorted().toArray();
  }

  CompletableFuture<Void> start() {
    return CompletableFuture.runAsync(this::run, task -> new Thread(task, "cuts").start());
  }

  private void run() {
    for (int moment : moments) {
      load.awaitAccepted(moment);
      cut.accept(client);
      if (random.nextInt(ONCE_MORE) == 0) {
        cut.accept(client); // as soon as it is back, so while it catches up
      }
    }
  }
}
