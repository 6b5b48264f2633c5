package courier.kafka;

import static org.awaitility.Awaitility.await;

import courier.fixture.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;

/**
 * A real broker in this process, with a door at which it asks who somebody is, and ACLs that say
 * what they may. Whoever comes by the other way may all.
 */
public final class SecuredKafka implements AutoCloseable {
  /** Where it asks. */
  public final String brokers;

  private final KafkaRaftServer server;
  private final Admin admin;

  /**
   * @param protocol of the door, such as {@code SASL_SSL}
   * @param door what else the broker is told of it
   */
  public SecuredKafka(Path folder, String protocol, Map<String, String> door) throws Exception {
    String open = "localhost:" + FreePort.next();
    String controller = "localhost:" + FreePort.next();
    brokers = "localhost:" + FreePort.next();
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + controller);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("inter.broker.listener.name", "OPEN");
    String listeners = "OPEN://" + open + ",DOOR://" + brokers;
    p.setProperty("listeners", listeners + ",CONTROLLER://" + controller);
    p.setProperty("advertised.listeners", listeners);
    p.setProperty(
        "listener.security.protocol.map", "OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT,DOOR:" + protocol);
    p.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    p.setProperty(
        "listener.name.door.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    door.forEach((name, value) -> p.setProperty("listener.name.door." + name, value));
    p.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.setProperty("super.users", "User:ANONYMOUS");
    p.setProperty("log.dirs", folder.toAbsolutePath().toString());
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    Exit.setExitProcedure((status, message) -> {});
    Exit.setHaltProcedure((status, message) -> {});
    format(p);
    server = new KafkaRaftServer(new KafkaConfig(p, false), Time.SYSTEM);
    server.startup();
    admin = Admin.create(Map.of("bootstrap.servers", open));
  }

  private static void format(Properties properties) throws IOException {
    Path file = Files.createTempFile("kafka", ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    if (StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream())) != 0) {
      throw new IOException("not formatted");
    }
    Files.delete(file);
  }

  public void createUser(String name, String password) throws Exception {
    var credential =
        new UserScramCredentialUpsertion(
            name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password);
    admin.alterUserScramCredentials(List.of(credential)).all().get();
    await().until(() -> knows(name));
  }

  private boolean knows(String name) throws Exception {
    return admin.describeUserScramCredentials().users().get().contains(name);
  }

  /** What a client says to be let in. */
  public static String login(String name, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required"
        + " username=\"%s\" password=\"%s\";".formatted(name, password);
  }

  public void createTopics(String... names) throws Exception {
    admin
        .createTopics(Stream.of(names).map(name -> new NewTopic(name, 2, (short) 1)).toList())
        .all()
        .get();
  }

  public void allow(AclBinding... rights) throws Exception {
    admin.createAcls(List.of(rights)).all().get();
  }

  public void forbid(AclBinding... rights) throws Exception {
    admin.deleteAcls(Stream.of(rights).map(AclBinding::toFilter).toList()).all().get();
  }

  public static AclBinding right(
      String principal, AclOperation operation, ResourceType kind, String name) {
    return new AclBinding(
        new ResourcePattern(kind, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + principal, "*", operation, AclPermissionType.ALLOW));
  }

  @Override
  public void close() {
    admin.close();
    server.shutdown();
    server.awaitShutdown();
  }
}
