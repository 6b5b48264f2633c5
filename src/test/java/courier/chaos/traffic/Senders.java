package courier.chaos.traffic;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.awaitility.Awaitility.await;

import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.fixture.CourierProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Several senders, each in a thread of its own. A third of all records is theirs; another one is
 * for others, and the last one is poison, or what was sent before once more.
 */
public final class Senders implements AutoCloseable {
  private static final int COUNT = 8;
  private static final int PAUSE_MILLIS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Sender> senders;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(COUNT);
  private final Ledger ledger;

  private final OtherProducer other;

  public Senders(CourierProcess courier, OtherProducer other, Ledger ledger) {
    this.ledger = ledger;
    this.other = other;
    senders =
        IntStream.rangeClosed(1, COUNT)
            .mapToObj(i -> new Sender(courier, "sender-" + i, ledger))
            .toList();
  }

  public void start() {
    for (Sender sender : senders) {
      threads.scheduleWithFixedDelay(
          ledger.guard(() -> send(sender)), 0, PAUSE_MILLIS, MILLISECONDS);
    }
  }

  private void send(Sender sender) {
    int before = sender.accepted();
    sender.run();
    if (sender.accepted() > before) {
      other.writeForOthers();
      if (sender.accepted() % 2 == 0) {
        other.flood(1);
      } else {
        sender.repeat();
      }
    }
  }

  /** Lets each get some more accepted, then its last one. */
  public void end() {
    List<Integer> accepted = senders.stream().map(sender -> sender.accepted() + 20).toList();
    try {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  IntStream.range(0, COUNT)
                      .allMatch(i -> senders.get(i).accepted() >= accepted.get(i)));
      senders.forEach(Sender::end);
      await().atMost(PATIENCE).until(() -> senders.stream().allMatch(Sender::isDone));
    } catch (ConditionTimeoutException e) {
      ledger.write("client-a", What.NOT_READY, null, "accepts nothing though all is healed");
    }
    threads.shutdown();
    await().atMost(PATIENCE).until(threads::isTerminated);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
