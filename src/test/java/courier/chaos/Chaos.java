package courier.chaos;

import static org.awaitility.Awaitility.await;

import courier.chaos.checker.Checker;
import courier.chaos.checker.History;
import courier.chaos.checker.Verdict;
import courier.chaos.fault.Cluster;
import courier.chaos.fault.Fault;
import courier.chaos.fault.Injector;
import courier.chaos.fault.Schedule;
import courier.chaos.ledger.HarnessFault;
import courier.chaos.ledger.Ledger;
import courier.chaos.traffic.Hops;
import courier.chaos.traffic.Listener;
import courier.chaos.traffic.OtherProducer;
import courier.chaos.traffic.Senders;
import courier.fixture.CourierProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run: load and faults on all parts, and what has become of it. */
final class Chaos {
  private static final Duration QUIET = Duration.ofSeconds(15);

  private final Path folder;
  private final long seed;
  private final Duration length;
  private final List<Fault> faults;

  /**
   * @param folder an empty one, for everything that is written
   */
  Chaos(Path folder, long seed, Duration length) {
    this.folder = folder;
    this.seed = seed;
    this.length = length;
    this.faults = Schedule.of(seed, length.toMillis());
  }

  /**
   * Returns what was found, and leaves the report.
   *
   * @throws HarnessFault when there is no verdict
   */
  Verdict run() {
    Report report = new Report(folder, seed, length);
    try (Ledger ledger = new Ledger(folder.resolve("ledger.jsonl"))) {
      History history = disturb(ledger);
      Verdict verdict = verdict(history);
      report.verdict(verdict, history.ledger());
      report.schedule(faults, history.ledger());
      return verdict;
    } catch (RuntimeException | IOException | InterruptedException e) {
      HarnessFault fault =
          e instanceof HarnessFault known ? known : new HarnessFault("the harness failed", e);
      report.harnessFault(fault);
      throw fault;
    } finally {
      report.write();
    }
  }

  private static Verdict verdict(History history) {
    if (history.stored() != null) {
      return Checker.check(history);
    }
    History unread = new History(history.ledger(), List.of(), List.of());
    return new Verdict(Checker.witnessed(history.ledger()), Checker.check(unread).figures());
  }

  private History disturb(Ledger ledger) throws IOException, InterruptedException {
    List<Listener> listeners = new ArrayList<>();
    try (Cluster cluster = Cluster.apart(new CourierProcess(folder), ledger);
        OtherProducer other = new OtherProducer(cluster.courier.brokers(), seed, ledger);
        Senders senders = new Senders(cluster.courier, other, ledger);
        Injector injector = new Injector(cluster, other, ledger);
        Hops hops = new Hops(seed, ledger);
        Backlog backlog = new Backlog(cluster.courier.brokers())) {
      cluster.start();
      cluster.receivers.forEach(
          (name, address) -> {
            listeners.add(new Listener("polling@" + name, List.of(address), ledger));
            listeners.add(new Listener("websocket@" + name, List.of(address), ledger, "websocket"));
          });
      List<URI> all = List.copyOf(cluster.receivers.values());
      List<Listener> hopping =
          List.of(
              new Listener("polling@both", all, ledger),
              new Listener("websocket@both", all, ledger, "websocket"));
      listeners.addAll(hopping);
      await().until(() -> listeners.stream().allMatch(Listener::isConnected));
      senders.start();
      hops.start(hopping);
      injector.run(faults);
      hops.end();
      other.flush();
      cluster.heal();
      senders.end();
      LiveFiles.await(cluster.receivers, cluster.routeFiles(), ledger);
      Remains remains = new Remains(cluster.receivers.get("client-b"), cluster.courier.brokers());
      return new Settling(remains, backlog, QUIET).await(ledger);
    } finally {
      listeners.forEach(Listener::close);
    }
  }
}
