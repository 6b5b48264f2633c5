package courier.chaos.fault;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.chaos.proxy.MongoProxy;
import courier.chaos.proxy.TcpProxy;
import courier.chaos.traffic.OtherProducer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes the faults of a schedule happen, on each target one after the other. */
public final class Injector implements AutoCloseable {
  /** For so long a part that is back is left alone, or a slow machine has none that works. */
  private static final int REST_MILLIS = 5_000;

  private final Cluster cluster;
  private final OtherProducer other;
  private final Ledger ledger;
  private final Map<String, ScheduledExecutorService> targets = new TreeMap<>();

  public Injector(Cluster cluster, OtherProducer other, Ledger ledger) {
    this.cluster = cluster;
    this.other = other;
    this.ledger = ledger;
  }

  /** Begins now, and returns when the last fault is over. */
  public void run(List<Fault> faults) throws InterruptedException {
    for (Fault fault : faults) {
      targets
          .computeIfAbsent(fault.target(), key -> Executors.newSingleThreadScheduledExecutor())
          .schedule(ledger.guard(() -> inject(fault)), fault.at(), MILLISECONDS);
    }
    targets.values().forEach(ScheduledExecutorService::shutdown);
    for (ScheduledExecutorService target : targets.values()) {
      while (!target.awaitTermination(1, SECONDS)) {
        ledger.check();
      }
    }
  }

  private void inject(Fault fault) {
    PartProcess part = cluster.part(fault.target());
    TcpProxy link = cluster.links.get(fault.target());
    switch (fault.kind()) {
      case KILL -> {
        part.start();
        last(fault, part::kill, () -> {});
        part.start();
        sleep(REST_MILLIS);
      }
      case PAUSE, HANG -> {
        part.start();
        last(fault, part::pause, part::resume);
        sleep(REST_MILLIS);
      }
      case REFUSE_WRITES -> {
        MongoProxy store = cluster.store(fault.target());
        last(fault, () -> store.refuseWrites(true), () -> store.refuseWrites(false));
      }
      case FAIL_DOCUMENTS -> {
        MongoProxy store = cluster.store(fault.target());
        last(fault, () -> store.failDocuments(true), () -> store.failDocuments(false));
      }
      case POISON -> last(fault, () -> other.flood(fault.length()), () -> {});
      case SAVE -> last(fault, () -> cluster.routes.save(fault.target(), fault.length()), () -> {});
      case BREAK ->
          last(
              fault,
              () -> cluster.routes.breakUp(fault.target()),
              () -> cluster.routes.restore(fault.target()));
      case DELETE ->
          last(
              fault,
              () -> cluster.routes.delete(fault.target()),
              () -> cluster.routes.restore(fault.target()));
      case DELAY -> {
        if (link != null) {
          last(fault, () -> link.delay(fault.delay()), () -> link.delay(0));
        }
      }
      case BLACK_HOLE -> {
        if (link != null) {
          last(fault, () -> link.swallow(true), () -> link.swallow(false));
        }
      }
      case CUT -> {
        if (link != null) {
          last(fault, () -> link.cut(true), () -> link.cut(false));
        }
      }
    }
  }

  private void last(Fault fault, Runnable begin, Runnable end) {
    ledger.write(fault.toString(), What.FAULT_BEGINS, null, null);
    begin.run();
    boolean atOnce = fault.kind() == Fault.Kind.POISON || fault.kind() == Fault.Kind.SAVE;
    sleep(atOnce ? 0 : fault.length());
    end.run();
    ledger.write(fault.toString(), What.FAULT_ENDS, null, null);
  }

  private static void sleep(int millis) {
    try {
      MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    targets.values().forEach(ScheduledExecutorService::shutdownNow);
  }
}
