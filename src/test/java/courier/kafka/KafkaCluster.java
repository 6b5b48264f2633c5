package courier.kafka;

import courier.fixture.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;

/** Three real brokers in this process, of which the first is the controller too. */
public final class KafkaCluster implements AutoCloseable {
  private static final int BROKERS = 3;

  public final String brokers;
  private final List<KafkaRaftServer> servers = new ArrayList<>();
  private final Admin admin;

  public KafkaCluster(Path folder) throws IOException {
    List<String> addresses =
        IntStream.range(0, BROKERS).mapToObj(i -> "localhost:" + FreePort.next()).toList();
    brokers = String.join(",", addresses);
    String controller = "localhost:" + FreePort.next();
    String id = Uuid.randomUuid().toString();
    Exit.setExitProcedure((status, message) -> {});
    Exit.setHaltProcedure((status, message) -> {});
    for (int node = 1; node <= BROKERS; node++) {
      Properties properties = properties(node, addresses.get(node - 1), controller);
      properties.setProperty("log.dirs", folder.resolve("broker-" + node).toString());
      format(id, properties);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      servers.add(server);
      server.startup();
    }
    admin = Admin.create(Map.of("bootstrap.servers", brokers));
  }

  private static Properties properties(int node, String address, String controller) {
    boolean controls = node == 1;
    Properties p = new Properties();
    p.setProperty("process.roles", controls ? "broker,controller" : "broker");
    p.setProperty("node.id", String.valueOf(node));
    p.setProperty("controller.quorum.voters", "1@" + controller);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners", "PLAINTEXT://" + address + (controls ? ",CONTROLLER://" + controller : ""));
    p.setProperty("advertised.listeners", "PLAINTEXT://" + address);
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    p.setProperty("num.io.threads", "2");
    p.setProperty("num.network.threads", "1");
    return p;
  }

  private static void format(String id, Properties properties) throws IOException {
    Path file = Files.createTempFile("kafka", ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    String[] format = {"format", "-t", id, "-c", file.toString()};
    if (StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream())) != 0) {
      throw new IOException("not formatted");
    }
    Files.delete(file);
  }

  /**
   * @param settings such as {@code retention.ms=-1}, in order separated by commas
   */
  public void createTopic(String name, int partitions, int replication, String settings)
      throws Exception {
    Map<String, String> configs =
        settings.isEmpty()
            ? Map.of()
            : List.of(settings.split(",")).stream()
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    NewTopic topic = new NewTopic(name, partitions, (short) replication).configs(configs);
    admin.createTopics(List.of(topic)).all().get();
  }

  /** Has partition 0 of a topic, and only that, on one broker. */
  public void createTopicOn(int node, String name) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, Map.of(0, List.of(node))))).all().get();
  }

  /**
   * Stops one for good; where it was the only one to have a partition, nobody leads that.
   *
   * @param node 2 or 3, as the first one is the controller
   */
  public void stop(int node) {
    servers.get(node - 1).shutdown();
    servers.get(node - 1).awaitShutdown();
  }

  @Override
  public void close() {
    admin.close();
    for (int node = BROKERS; node > 0; node--) {
      stop(node);
    }
  }
}
