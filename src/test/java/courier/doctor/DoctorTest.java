package courier.doctor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoClient;
import courier.config.Settings;
import courier.doctor.live.DoctorHealthCheck;
import courier.doctor.live.Rounds;
import courier.kafka.Certificates;
import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.kafka.KafkaCluster;
import courier.mongodb.Mongo;
import courier.mongodb.MongoIndexes;
import courier.mongodb.ScriptedMongo;
import de.bwaldvogel.mongo.bson.Document;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults planted one by one into a cluster of three real brokers, and into a MongoDB that says it
 * is a replica set: each is named with what mends it, and without them there is none.
 */
class DoctorTest {
  private static final String SAFE = "min.insync.replicas=2";
  private static final String FOR_GOOD =
      SAFE + ",retention.ms=-1,retention.bytes=-1,max.message.bytes=67108864";
  private static final int PARTITIONS = 2;

  @TempDir private static Path shared;
  private static KafkaCluster cluster;
  private static ScriptedMongo mongo;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Clock clock = Clock.systemUTC();

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

  private static void replicaSet(String... members) {
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

  private Settings settings() {
    return Settings.load(folder, environment);
  }

  /** With clients of their own, as a fault of the settings would let nobody connect. */
  private Findings findings() {
    Findings findings = new Findings();
    String uri = environment.get("MONGODB_URI");
    try (Kafka kafka = new Kafka(cluster.brokers, ClientProperties.NONE);
        MongoClient client = Mongo.client(uri.contains("localhost") ? uri : mongo.uri("", ""))) {
      new Doctor(new Patient(settings(), folder, kafka, client, clock)).look(findings);
    }
    return findings;
  }

  /** That these and no others are found, and that one is mended so. */
  private void assertFound(String mend, String... ids) {
    Findings findings = findings();
    assertEquals(List.of(ids), findings.all().stream().map(Finding::id).toList(), findings::text);
    assertTrue(
        findings.all().stream().anyMatch(finding -> finding.mend().contains(mend)), findings::text);
    assertEquals(1, findings.exitCode());
    assertTrue(findings.all().stream().noneMatch(finding -> finding.why().isBlank()));
  }

  @Test
  void isSilentOnAHealthyCluster() {
    Findings findings = findings();

    assertEquals(List.of(), findings.all(), findings::text);
    assertEquals(0, findings.exitCode());
    assertEquals("All is well.\n", findings.text());
  }

  static Stream<Arguments> aTopicThatIsNotAsItShouldBeIsNamed() {
    return Stream.of(
        topic("TOPICS_MESSAGES", 2, 1, SAFE, "\"replicas\":[", "kafka-replication", "no-spare"),
        topic("TOPICS_DEAD_LETTERS", 2, 2, FOR_GOOD, ",3", "kafka-replication", "no-spare"),
        topic("TOPICS_MESSAGES", 2, 3, "", "add-config min.insync.replicas=2", "kafka-min-insync"),
        topic(
            "TOPICS_STORED",
            2,
            3,
            "min.insync.replicas=3",
            "add-config min.insync.replicas=2",
            "kafka-no-spare-replica"),
        topic(
            "TOPICS_MESSAGES",
            2,
            3,
            SAFE + ",unclean.leader.election.enable=true",
            "unclean.leader.election.enable=false",
            "kafka-unclean-election"),
        topic(
            "TOPICS_MESSAGES",
            2,
            3,
            SAFE + ",retention.ms=3600000",
            "retention.ms=604800000",
            "kafka-retention"),
        topic(
            "TOPICS_MESSAGES",
            2,
            3,
            SAFE + ",retention.bytes=1000000",
            "retention.bytes=-1",
            "kafka-retention-bytes"),
        topic(
            "TOPICS_DEAD_LETTERS",
            2,
            3,
            SAFE + ",max.message.bytes=67108864",
            "retention.ms=-1",
            "dead-letters-expire"),
        topic(
            "TOPICS_DEAD_LETTERS",
            2,
            3,
            SAFE + ",retention.ms=-1,max.message.bytes=1000",
            "max.message.bytes=67108864",
            "dead-letters-too-small"),
        topic(
            "TOPICS_MESSAGES",
            2,
            3,
            SAFE + ",cleanup.policy=compact",
            "cleanup.policy=delete",
            "kafka-compaction"),
        topic("TOPICS_STORED", 1, 3, SAFE, "--partitions 2", "kafka-unlike-partitions"));
  }

  private static Arguments topic(
      String property,
      int partitions,
      int replication,
      String settings,
      String mend,
      String... ids) {
    return Arguments.of(property, partitions, replication, settings, mend, ids);
  }

  @ParameterizedTest
  @MethodSource
  void aTopicThatIsNotAsItShouldBeIsNamed(
      String property, int partitions, int replication, String settings, String mend, String[] ids)
      throws Exception {
    String name = "topic-" + Math.abs(List.of(property, replication, settings).hashCode());
    cluster.createTopic(name, partitions, replication, settings);
    environment.put(property, name);

    for (int i = 0; i < ids.length; i++) {
      ids[i] = ids[i].replaceFirst("^no-spare$", "kafka-no-spare-replica");
    }
    assertFound(mend, ids);
    assertTrue(findings().text().contains(name));
  }

  @Test
  void aTopicThatThereIsNotIsNamed() {
    environment.put("TOPICS_STORED", "nowhere");

    assertFound(
        "--create --topic nowhere --partitions 6 --replication-factor 3", "kafka-topic-missing");
  }

  @Test
  void fewerPartitionsThanInstancesAreNamed() {
    environment.put("CLIENT_B_GROUP", "crowd");
    List<KafkaConsumer<byte[], byte[]>> members =
        IntStream.range(0, PARTITIONS + 1).mapToObj(i -> member()).toList();
    try {
      await()
          .untilAsserted(
              () -> {
                members.forEach(member -> member.poll(Duration.ofMillis(50)));
                assertFound("--topic client-messages --partitions 3", "kafka-few-partitions");
              });
    } finally {
      members.forEach(KafkaConsumer::close);
    }
  }

  private static KafkaConsumer<byte[], byte[]> member() {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    KafkaConsumer<byte[], byte[]> member =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", cluster.brokers, "group.id", "crowd"), bytes, bytes);
    member.subscribe(List.of("client-messages"));
    return member;
  }

  static Stream<Arguments> aMongoThatIsNotAsItShouldBeIsNamed() {
    return Stream.of(
        Arguments.of("&w=1", "w=majority", "mongodb-write-concern"),
        Arguments.of("&w=majority&journal=false", "w=majority", "mongodb-write-concern"),
        Arguments.of(
            "&readPreference=nearest", "readPreference=primary", "mongodb-read-preference"));
  }

  @ParameterizedTest
  @MethodSource
  void aMongoThatIsNotAsItShouldBeIsNamed(String options, String mend, String id) {
    environment.put("MONGODB_URI", mongo.uri("", options));

    assertFound(mend, id);
  }

  @Test
  void aMongoByItselfOrOfTwoIsNamed() {
    mongo.forget("hello");
    mongo.forget("isMaster");
    mongo.forget("ismaster");
    try {
      environment.put("MONGODB_URI", "mongodb://db.invalid/courier?tls=true");
      List<String> found = findings().all().stream().map(Finding::id).toList();
      assertEquals(List.of("mongodb-no-replica-set", "mongodb-no-user"), found);
      environment.put("MONGODB_URI", mongo.uri("", ""));
      assertFound("mongodb://db1,db2,db3/courier?replicaSet=rs0", "for-development");
      replicaSet("db1:27017", "db2:27017");
      assertFound("rs.add(", "mongodb-few-members");
    } finally {
      replicaSet("db1:27017", "db2:27017", "db3:27017");
    }
  }

  @Test
  void anIndexThatIsMissingIsNamedByTheLineThatMakesIt() {
    String uri = mongo.uri("", "").replace("/courier", "/another");
    environment.put("MONGODB_URI", uri);
    List<Finding> found = findings().all();
    assertEquals(21, found.size());
    assertTrue(found.stream().allMatch(finding -> finding.id().equals("mongodb-index")));
    assertTrue(
        found
            .get(0)
            .mend()
            .endsWith(
                "/another' --eval 'db.getCollection(\"messages\").createIndex({\"createdAt\": -1, \"offset\": -1, \"_id\": -1})'"),
        found.get(0).mend());
  }

  @Test
  void aRoleThatIsMissingIsNamed() {
    Document resource = new Document("db", "courier").append("collection", "");
    mongo.answer(
        "connectionStatus",
        new Document(
            "authInfo",
            new Document(
                "authenticatedUserPrivileges",
                List.of(
                    new Document("resource", resource)
                        .append("actions", List.of("find", "listIndexes"))))));
    try {
      assertFound("grantRolesToUser(\"courier\", [{role: \"readWrite\"", "mongodb-rights");
    } finally {
      mongo.forget("connectionStatus");
    }
  }

  @Test
  void clocksThatAreApartAreNamed() {
    clock = Clock.offset(clock, Duration.ofSeconds(-60));

    assertFound("timedatectl", "clock", "clock");
  }

  @Test
  void portsThatAreOpenToTheNetworkAreNamed() {
    environment.put("HTTP_HOST", "0.0.0.0");
    environment.put("AUTH_MODE", "none-on-the-network");
    environment.put("HTTP_CORS_ORIGINS", "*");

    assertFound("auth.mode=jwt", "auth-off", "tls-absent", "cors-any");
  }

  @Test
  void secretsThatAreNoneAreNamedAndNotShown() throws Exception {
    Path properties = folder.resolve("application.properties");
    Files.writeString(
        properties,
        Files.readString(properties)
            + "\nkafka.client.sasl.jaas.config=x.ScramLoginModule required username=\"a\" password=\"changeit\";\n");
    Files.setPosixFilePermissions(properties, PosixFilePermissions.fromString("rw-r--r--"));

    assertFound("chmod o-rwx " + properties, "default-secret", "readable-secret");
    assertFalse(findings().text().contains("changeit"));

    Files.setPosixFilePermissions(properties, PosixFilePermissions.fromString("rw-r-----"));
    assertFound("kafka.client.sasl.jaas.config=", "default-secret");
    Files.setPosixFilePermissions(properties, PosixFilePermissions.fromString("rw-r--r--"));
    environment.put("KAFKA_CLIENT_SASL_JAAS_CONFIG", "x.Login required password=\"guest\";");
    assertFound("kafka.client.sasl.jaas.config=", "default-secret");
  }

  @Test
  void aKafkaThatIsReachedInClearIsNamed() {
    environment.put("KAFKA_BROKERS", "kafka.invalid:9092");
    environment.put("MONGODB_URI", "mongodb://db.invalid/courier");

    assertFound(
        "kafka.client.security.protocol=SSL",
        "kafka-in-clear",
        "mongodb-in-clear",
        "mongodb-no-user");
  }

  @Test
  void aCertificateThatEndsIsNamed() throws Exception {
    String pem = new Certificates(folder).authority();
    environment.put("TLS_CERTIFICATE", pem);
    assertEquals(List.of(), findings().all());

    Clock later = Clock.offset(clock, Duration.ofDays(80));
    Findings findings = new Findings();
    new CertificateCheck(new Patient(settings(), folder, null, null, later)).look(findings);
    assertEquals("certificate-ends", findings.all().get(0).id());
    assertTrue(findings.all().get(0).mend().endsWith("put a new one at " + pem));
  }

  @Test
  void fewOpenFilesAndLittleSpaceAreNamed() throws Exception {
    environment.put("HTTP_MAX_CONNECTIONS", "5000");
    Patient patient = new Patient(settings(), folder, null, null, clock);
    Findings findings = new Findings();
    new HostChecks(patient, 300).look(findings);
    ClusterChecks.disk("data.dir has", 95L << 30, 100L << 30, "df", findings);
    ClusterChecks.disk("data.dir has", 85L << 30, 100L << 30, "df", findings);

    assertEquals(List.of("open-files", "disk"), findings.all().stream().map(Finding::id).toList());
    assertEquals("ulimit -n 65536", findings.all().get(0).mend());
  }

  @Test
  void aHoleInWhatIsShippedIsNamed() throws Exception {
    String vex =
        """
        {"statements": [
          {"vulnerability": {"@id": "https://example.org/1", "name": "CVE-1"}, "status": "not_affected"},
          {"vulnerability": {"@id": "https://example.org/2", "name": "CVE-2"}, "status": "affected",
           "products": [{"subcomponents": [{"@id": "pkg:maven/a/b@1"}]}],
           "action_statement": "take b 2"}]}
        """;
    Findings findings = new Findings();
    new VexCheck(() -> new ByteArrayInputStream(vex.getBytes())).look(findings);

    assertEquals(1, findings.all().size());
    assertEquals("CVE-2 in pkg:maven/a/b@1: affected", findings.all().get(0).what());
    assertEquals("take b 2", findings.all().get(0).mend());
  }

  @Test
  void healthHasTheSameAndIsUp() throws Exception {
    environment.put("MONGODB_URI", mongo.uri("", "&w=1"));
    try (Kafka kafka = new Kafka(cluster.brokers, ClientProperties.NONE);
        MongoClient client = Mongo.client(environment.get("MONGODB_URI"))) {
      Rounds rounds = new Rounds(new Doctor(new Patient(settings(), folder, kafka, client, clock)));
      DoctorHealthCheck health = new DoctorHealthCheck(rounds);
      await()
          .untilAsserted(
              () -> {
                var result = health.call();
                assertEquals("UP", result.getState().name());
                List<String> keys = new ArrayList<>(result.getDetails().keySet());
                assertTrue(
                    keys.stream().anyMatch(key -> key.contains("loses.mongodb-write-concern")),
                    keys::toString);
              });
      Message answer = new DefaultExchange(new DefaultCamelContext()).getMessage();
      rounds.list(answer);
      JsonNode said = new JsonMapper().readTree(answer.getBody(ByteBuffer.class).array());
      JsonNode finding = said.at("/findings/0");
      assertEquals(
          "loses mongodb-write-concern",
          finding.at("/severity").textValue() + " " + finding.at("/id").textValue());
      assertFalse(finding.at("/mend").textValue().isEmpty(), finding::toString);
      assertTrue(Instant.parse(said.get("looked").textValue()).isBefore(Instant.now()));
    }
  }
}
