package courier.doctor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of Kafka or of MongoDB, planted by itself, is named with what mends it. */
class ServerFaultsTest extends HealthyServers {
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
}
