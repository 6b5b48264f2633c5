package courier.chaos.fault;

import courier.chaos.ledger.Ledger;
import courier.chaos.proxy.MongoProxy;
import courier.chaos.proxy.TcpProxy;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts as processes, and proxies of ours between them. */
public final class Cluster implements AutoCloseable {
  public final CourierProcess courier;
  final Map<String, TcpProxy> links = new LinkedHashMap<>();

  /** Where each instance of client B is. */
  public final Map<String, URI> receivers = new LinkedHashMap<>();

  private final Map<String, PartProcess> parts = new LinkedHashMap<>();
  private final Map<String, MongoProxy> stores = new LinkedHashMap<>();
  private final Ledger ledger;
  final RouteSaves routes;

  private Cluster(CourierProcess courier, Ledger ledger) {
    this.courier = courier.with("HTTP_HOST", "127.0.0.1").with("STARTUP_TIMEOUT", "120s");
    this.ledger = ledger;
    routes = new RouteSaves(courier.folder.resolve("routes/client-b"));
  }

  /** Every part by itself, and client B twice. */
  public static Cluster apart(CourierProcess courier, Ledger ledger) throws IOException {
    Cluster cluster = new Cluster(courier, ledger);
    cluster.add("kafka", List.of("kafka"), List.of(), Map.of());
    cluster.add("mongodb", List.of("mongodb"), List.of(), Map.of());
    cluster.add("client-a", List.of("client-a"), cluster.kafkaLink("client-a", 2), Map.of());
    cluster.receiver("client-b", cluster.kafkaLink("client-b", 3), cluster.ports());
    cluster.receiver("client-b-2", cluster.kafkaLink("client-b-2", 4), FreePort.ofClientB());
    return cluster;
  }

  /** One client B, and all the rest in one process. */
  public static Cluster small(CourierProcess courier, Ledger ledger) throws IOException {
    Cluster cluster = new Cluster(courier, ledger);
    cluster.add("rest", List.of("kafka", "mongodb", "client-a"), List.of(), Map.of());
    cluster.receiver("client-b", List.of(), cluster.ports());
    return cluster;
  }

  private Map<String, String> ports() {
    Map<String, String> ports = new LinkedHashMap<>();
    for (String port : List.of("HTTP", "MANAGEMENT", "SOCKETIO")) {
      String key = "CLIENT_B_" + port + "_PORT";
      ports.put(key, courier.variable(key));
    }
    return ports;
  }

  private void receiver(String name, List<String> options, Map<String, String> ports)
      throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(ports);
    int store = FreePort.next();
    environment.put("MONGODB_URI", "mongodb://127.0.0.1:" + store + "/courier");
    String link = name + "~mongodb";
    stores.put(link, new MongoProxy(store, URI.create(courier.variable("MONGODB_URI")).getPort()));
    links.put(link, stores.get(link));
    receivers.put(name, URI.create("http://localhost:" + ports.get("CLIENT_B_HTTP_PORT")));
    add(name, List.of("client-b"), options, environment);
  }

  private void add(
      String name, List<String> named, List<String> options, Map<String, String> environment) {
    parts.put(
        name,
        new PartProcess(
            name,
            () -> {
              ProcessBuilder command = courier.command(named.toArray(String[]::new));
              command.command().addAll(1, options);
              command.environment().putAll(environment);
              return command;
            },
            courier.folder.resolve(name + ".log"),
            ledger));
  }

  /**
   * A client of Kafka connects to the address that Kafka itself names, {@code localhost} and a
   * port. So for this part that name means another address, where a proxy of ours has the same
   * port.
   *
   * @return the options of the part's virtual machine, none where there is no such address
   */
  private List<String> kafkaLink(String part, int host) throws IOException {
    String address = "127.0.0." + host;
    int port = Integer.parseInt(courier.brokers().split(":")[1]);
    try {
      links.put(part + "~kafka", new TcpProxy(InetAddress.getByName(address), port, port));
    } catch (BindException e) {
      return List.of();
    }
    Path hosts = courier.folder.resolve(part + ".hosts").toAbsolutePath();
    String machine = InetAddress.getLocalHost().getHostName();
    Files.writeString(
        hosts,
        "%s localhost\n%s\n"
            .formatted(address, machine.equals("localhost") ? "" : "127.0.0.1 " + machine));
    // Vert.x would resolve names by itself.
    return List.of("-Djdk.net.hosts.file=" + hosts, "-Dvertx.disableDnsResolver=true");
  }

  /** Starts all that does not run, the servers first. */
  public void start() {
    parts.values().forEach(PartProcess::start);
  }

  public PartProcess part(String name) {
    return parts.get(name);
  }

  /** What is between a client B and MongoDB. */
  public MongoProxy store(String link) {
    return stores.get(link);
  }

  public void heal() {
    stores.values().forEach(MongoProxy::serve);
    links.values().forEach(link -> link.swallow(false));
    links.values().forEach(link -> link.delay(0));
    links.values().forEach(link -> link.cut(false));
    routes.saveAll();
    start();
  }

  /** The route files as they are in the end, by name. */
  public Map<String, String> routeFiles() {
    return routes.texts();
  }

  @Override
  public void close() throws IOException {
    parts.values().forEach(PartProcess::close);
    for (TcpProxy link : links.values()) {
      link.close();
    }
  }
}
