package courier.kafka;

import static org.awaitility.Awaitility.await;

import courier.fixture.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.ElectionNotNeededException;

/**
 * Three real brokers, each a process, which have a door of SASL_SSL with SCRAM and ACLs: what is
 * written there is on all three, and acknowledged by two.
 */
public final class BrokerProcesses implements AutoCloseable {
  private static final int BROKERS = 3;
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required;";

  /** Where they ask who somebody is. */
  public final String brokers;

  private final Path folder;
  private final List<String> open = addresses();
  private final List<String> door = addresses();
  private final List<String> controllers = addresses();
  private final Map<Integer, Process> running = new TreeMap<>();
  private final Admin admin;

  /**
   * @param tls what a broker is told of its certificate
   * @param users names and passwords
   */
  public BrokerProcesses(Path folder, Map<String, String> tls, Map<String, String> users)
      throws IOException {
    this.folder = folder;
    brokers = String.join(",", door);
    String id = Uuid.randomUuid().toString();
    for (int node = 1; node <= BROKERS; node++) {
      try (Writer writer = Files.newBufferedWriter(file(node))) {
        properties(node, tls).store(writer, null);
      }
      format(node, id, users);
      start(node);
    }
    admin = Admin.create(Map.of("bootstrap.servers", String.join(",", open)));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> admin.describeCluster().nodes().get().size() == BROKERS);
  }

  private static List<String> addresses() {
    return IntStream.range(0, BROKERS).mapToObj(i -> "localhost:" + FreePort.next()).toList();
  }

  private Path file(int node) {
    return folder.resolve("broker-" + node + ".properties");
  }

  private Properties properties(int node, Map<String, String> tls) {
    String listeners = "OPEN://" + open.get(node - 1) + ",DOOR://" + door.get(node - 1);
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", String.valueOf(node));
    p.setProperty(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, BROKERS)
            .mapToObj(each -> each + "@" + controllers.get(each - 1))
            .collect(Collectors.joining(",")));
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("inter.broker.listener.name", "OPEN");
    p.setProperty("listeners", listeners + ",CONTROLLER://" + controllers.get(node - 1));
    p.setProperty("advertised.listeners", listeners);
    p.setProperty(
        "listener.security.protocol.map", "OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,DOOR:SASL_SSL");
    p.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.setProperty("listener.name.door.scram-sha-512.sasl.jaas.config", LOGIN);
    tls.forEach((name, value) -> p.setProperty("listener.name.door." + name, value));
    p.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.setProperty("super.users", "User:ANONYMOUS");
    p.setProperty("log.dirs", folder.resolve("broker-" + node).toString());
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("min.insync.replicas", "2");
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    // Who is silent is out after three seconds.
    p.setProperty("broker.heartbeat.interval.ms", "500");
    p.setProperty("broker.session.timeout.ms", "3000");
    p.setProperty("replica.lag.time.max.ms", "3000");
    return p;
  }

  private void format(int node, String id, Map<String, String> users) throws IOException {
    List<String> format = new ArrayList<>(List.of("format", "-t", id));
    format.addAll(List.of("-c", file(node).toString()));
    users.forEach(
        (name, password) ->
            format.addAll(
                List.of("-S", "SCRAM-SHA-512=[name=%s,password=%s]".formatted(name, password))));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    if (StorageTool.execute(format.toArray(String[]::new), nowhere) != 0) {
      throw new IOException("not formatted");
    }
  }

  /** Starts one, and does not wait until it is one of the cluster. */
  public void start(int node) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    running.put(
        node,
        new ProcessBuilder(
                java,
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target/lib").toAbsolutePath() + "/*",
                "kafka.Kafka",
                file(node).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broker-" + node + ".log").toFile())
            .start());
  }

  /** Ends one by SIGKILL. */
  public void kill(int node) throws InterruptedException {
    running.get(node).destroyForcibly().waitFor();
  }

  /**
   * For all the others it is as one whose network is cut: it is there, and neither says nor hears.
   */
  public void freeze(int node) throws Exception {
    signal("STOP", node);
  }

  public void thaw(int node) throws Exception {
    signal("CONT", node);
  }

  private void signal(String signal, int node) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(running.get(node).pid()))
        .start()
        .waitFor();
  }

  public void createTopic(String name, int partitions) throws Exception {
    NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) BROKERS));
    admin.createTopics(List.of(topic)).all().get();
  }

  public void allow(AclBinding... rights) throws Exception {
    admin.createAcls(List.of(rights)).all().get();
  }

  /** Waits until all three have all there is. */
  public void awaitInSync() {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                topics().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.isr().size() == BROKERS));
  }

  private Map<String, TopicDescription> topics() throws Exception {
    return admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get();
  }

  /** Moves partitions back to the brokers that are to lead them. */
  public void moveLeaders() throws Exception {
    try {
      admin.electLeaders(ElectionType.PREFERRED, null).partitions().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ElectionNotNeededException)) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    running.values().forEach(Process::destroyForcibly);
  }
}
