package courier.chaos;

import static org.awaitility.Awaitility.await;

import courier.chaos.checker.Checker;
import courier.chaos.checker.Verdict;
import courier.chaos.fault.Cluster;
import courier.chaos.fault.PartProcess;
import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import courier.chaos.proxy.MongoProxy;
import courier.chaos.traffic.Listener;
import courier.chaos.traffic.OtherProducer;
import courier.chaos.traffic.Sender;
import courier.fixture.CourierProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small Courier with one sender and one listener, judged as the large one is. */
final class Control implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final CourierProcess courier;
  private final Cluster cluster;
  private final Sender sender;
  private OtherProducer other;
  private Backlog backlog;
  private Listener listener;

  Control(Path folder) throws IOException {
    ledger = new Ledger(folder.resolve("ledger.jsonl"));
    courier = new CourierProcess(folder);
    cluster = Cluster.small(courier, ledger);
    sender = new Sender(courier, "sender", ledger);
  }

  /** The file of client B's routes that says this, to be broken. */
  RouteFile routeWith(String text) throws IOException {
    return RouteFile.with(courier.folder.resolve("routes/client-b"), text);
  }

  void start() {
    cluster.start();
    other = new OtherProducer(courier.brokers(), 0, ledger);
    backlog = new Backlog(courier.brokers());
    Map.Entry<String, URI> receiver = cluster.receivers.entrySet().iterator().next();
    listener = new Listener("listener@" + receiver.getKey(), List.of(receiver.getValue()), ledger);
    await().until(listener::isConnected);
  }

  MongoProxy store() {
    return cluster.store("client-b~mongodb");
  }

  PartProcess receiver() {
    return cluster.part("client-b");
  }

  void send(int messages) {
    for (int wanted = sender.accepted() + messages; sender.accepted() < wanted; ) {
      sender.run();
    }
  }

  void repeat() {
    sender.repeat();
  }

  void poison(int records) {
    other.flood(records);
    other.flush();
  }

  long backlog() {
    return backlog.size();
  }

  boolean says(What what) {
    return ledger.read().stream().anyMatch(entry -> entry.what() == what);
  }

  Verdict verdict() {
    Remains remains = new Remains(cluster.receivers.get("client-b"), courier.brokers());
    return Checker.check(new Settling(remains, backlog, QUIET).await(ledger));
  }

  @Override
  public void close() throws IOException {
    if (listener != null) {
      listener.close();
      backlog.close();
      other.close();
    }
    cluster.close();
    ledger.close();
  }
}
