package courier.infra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real Kafka broker in this process: KRaft, one node, its log in a folder that outlives it. */
public final class EmbeddedKafka implements EmbeddedServer {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private final Path directory;
  private final InetSocketAddress address;
  private FileChannel lock;
  private KafkaRaftServer server;

  public EmbeddedKafka(Path directory, InetSocketAddress address) {
    this.directory = directory;
    this.address = address;
  }

  @Override
  public void start(Consumer<String> gaveUp) throws IOException {
    // A broker that gives up calls exit or halt, and not always from where it would be seen.
    Exit.setExitProcedure((status, message) -> giveUp(gaveUp, message));
    Exit.setHaltProcedure((status, message) -> giveUp(gaveUp, message));
    Files.createDirectories(directory);
    lock();
    Properties properties = properties();
    if (Files.notExists(directory.resolve("meta.properties"))) {
      if (Files.exists(directory.resolve("__cluster_metadata-0"))) {
        throw damaged("meta.properties is missing");
      }
      format(properties);
    }
    server = server(new KafkaConfig(properties, false));
    server.startup();
  }

  private KafkaRaftServer server(KafkaConfig config) {
    try {
      return new KafkaRaftServer(config, Time.SYSTEM);
    } catch (RuntimeException e) { // it reads meta.properties
      throw damaged(e.getMessage());
    }
  }

  private IllegalStateException damaged(String why) {
    return new IllegalStateException(
        "Kafka cannot read %s (%s): put back a copy of it, or move it away to begin with an empty one."
            .formatted(directory, why));
  }

  @Override
  public void close() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("Could not unlock {}: {}", directory, e.getMessage());
    }
  }

  /** Before Kafka's own lock, which it takes when it has written to the folder already. */
  private void lock() throws IOException {
    Path file = directory.resolveSibling(directory.getFileName() + ".lock");
    lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      throw new IllegalStateException(
          "Another process has its Kafka in %s: stop it, or change data.dir.".formatted(directory));
    }
  }

  /** Ends the calling thread, which does not expect to go on. */
  private void giveUp(Consumer<String> gaveUp, String message) {
    gaveUp.accept((message == null ? "" : message + "; ") + Shortage.of(directory));
    throw new IllegalStateException("The embedded Kafka broker gave up");
  }

  private void format(Properties properties) throws IOException {
    Path file = Files.createTempFile("kafka", ".properties");
    try {
      // Not by a Writer: Kafka reads Latin-1, for which this escapes all else.
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, null);
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
      if (StorageTool.execute(format, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
        throw new IOException(said.toString(StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(file);
    }
  }

  private Properties properties() throws IOException {
    Properties p = new Properties();
    String listener = address.getHostString() + ":" + address.getPort();
    // The controller talks to nobody but this process, so any free port will do, another one each
    // time.
    String controller = "localhost:" + freePort();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + controller);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listeners", "PLAINTEXT://" + listener + ",CONTROLLER://" + controller);
    p.setProperty("advertised.listeners", "PLAINTEXT://" + listener);
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    // As it is, from where this runs: a comma on the way here would part it.
    p.setProperty("log.dirs", directory.toString());
    p.setProperty("auto.create.topics.enable", "false");
    // After a crash the broker is taken back when its last session is over. The controller drops a
    // heartbeat that waits for half of the interval, so a slow machine needs a long one.
    p.setProperty("broker.session.timeout.ms", "2000");
    p.setProperty("broker.heartbeat.interval.ms", "1000");
    // Nobody follows this controller, so it need not write twice a second that it is there.
    p.setProperty("metadata.max.idle.interval.ms", "0");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    // Sized for one machine that has other work to do: Kafka's defaults are for a dedicated server.
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("group.coordinator.threads", "1");
    p.setProperty("background.threads", "2");
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    return p;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
