package courier.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import courier.config.Settings;
import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.kafka.KafkaCluster;
import courier.mongodb.Mongo;
import courier.mongodb.MongoIndexes;
import courier.mongodb.ScriptedMongo;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of three real brokers, and a MongoDB that says it is a replica set: the doctor finds
 * nothing there until a fault is planted.
 */
abstract class HealthyServers {
  static final String SAFE = "min.insync.replicas=2";
  static final String FOR_GOOD =
      SAFE + ",retention.ms=-1,retention.bytes=-1,max.message.bytes=67108864";
  static final int PARTITIONS = 2;

  @TempDir private static Path shared;
  static KafkaCluster cluster;
  static ScriptedMongo mongo;

  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();
  Clock clock = Clock.systemUTC();

  @BeforeAll
  static void start() throws Exception {
    cluster = new KafkaCluster(shared);
    cluster.createTopic("client-messages", PARTITIONS, 3, SAFE);
    cluster.createTopic("dead-letter-topic", PARTITIONS, 3, FOR_GOOD);
    cluster.createTopic("stored-messages", PARTITIONS, 3, SAFE + ",retention.ms=3600000");
    mongo = new ScriptedMongo().start();
    replicaSet("db1:27017", "db2:27017", "db3:27017");
    try (MongoClient client = Mongo.client(mongo.uri("", ""))) {
      MongoIndexes.make(client.getDatabase("courier"));
    }
  }

  static void replicaSet(String... members) {
    Document said =
        new Document("setName", "rs0")
            .append("hosts", List.of(members))
            .append("isWritablePrimary", true)
            .append("ismaster", true);
    mongo.answer("hello", said);
    mongo.answer("isMaster", said);
    mongo.answer("ismaster", said);
  }

  @AfterAll
  static void stop() {
    mongo.close();
    cluster.close();
  }

  @BeforeEach
  void configure() throws Exception {
    Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
    environment.put("KAFKA_BROKERS", cluster.brokers);
    environment.put("MONGODB_URI", mongo.uri("", ""));
  }

  Settings settings() {
    return Settings.load(folder, environment);
  }

  /** With clients of their own, as a fault of the settings would let nobody connect. */
  Findings findings() {
    Findings findings = new Findings();
    String uri = environment.get("MONGODB_URI");
    try (Kafka kafka = new Kafka(cluster.brokers, ClientProperties.NONE);
        MongoClient client = Mongo.client(uri.contains("localhost") ? uri : mongo.uri("", ""))) {
      new Doctor(new Patient(settings(), folder, kafka, client, clock)).look(findings);
    }
    return findings;
  }

  /** That these and no others are found, and that one is mended so. */
  void assertFound(String mend, String... ids) {
    Findings findings = findings();
    assertEquals(List.of(ids), findings.all().stream().map(Finding::id).toList(), findings::text);
    assertTrue(
        findings.all().stream().anyMatch(finding -> finding.mend().contains(mend)), findings::text);
    assertEquals(1, findings.exitCode());
    assertTrue(findings.all().stream().noneMatch(finding -> finding.why().isBlank()));
  }
}
