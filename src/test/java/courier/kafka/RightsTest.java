package courier.kafka;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class RightsTest {
  private static final String USER = "anna";

  @TempDir private static Path folder;
  private static SecuredKafka broker;
  private static Kafka kafka;

  private String name;

  @BeforeAll
  static void start() throws Exception {
    broker = new SecuredKafka(folder.resolve("kafka"), "SASL_PLAINTEXT", Map.of());
    broker.createUser(USER, "hidden");
    kafka =
        new Kafka(
            broker.brokers,
            new ClientProperties(
                Map.of(
                    "security.protocol", "SASL_PLAINTEXT",
                    "sasl.mechanism", "SCRAM-SHA-512",
                    "sasl.jaas.config", SecuredKafka.login(USER, "hidden"))));
  }

  @AfterAll
  static void close() {
    kafka.close();
    broker.close();
  }

  @BeforeEach
  void name(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void nothingIsMissingToWhoMayAll() throws Exception {
    broker.createTopics(name);
    broker.allow(
        right(USER, READ, TOPIC, name),
        right(USER, WRITE, TOPIC, name),
        right(USER, READ, GROUP, name));

    await().untilAsserted(() -> assertEquals(List.of(), missing()));
  }

  @Test
  void whatNobodyAllowsIsNamed() throws Exception {
    broker.createTopics(name);

    assertEquals(
        List.of(
            "READ on the topic " + name, "WRITE on the topic " + name, "READ on the group " + name),
        missing());
  }

  @Test
  void whoMayLookMayNotReadYet() throws Exception {
    broker.createTopics(name);
    broker.allow(right(USER, DESCRIBE, TOPIC, name), right(USER, WRITE, TOPIC, name));

    await()
        .untilAsserted(
            () ->
                assertEquals(
                    List.of("READ on the topic " + name, "READ on the group " + name), missing()));
  }

  private List<String> missing() throws Exception {
    Rights rights = new Rights(kafka);
    rights.read(List.of(name));
    rights.write(List.of(name));
    rights.join(List.of(name));
    return rights.missing();
  }

  @Test
  void aTopicThatNobodyMadeAndThisUserMayNotMakeIsNamed() throws Exception {
    broker.allow(right(USER, DESCRIBE, TOPIC, name));
    await().until(() -> isUnauthorized(Set.of(name)));

    // Who does not need it does without.
    topics().make(name, "never-seen", name, Set.of());
  }

  private boolean isUnauthorized(Set<String> needed) {
    Throwable cause =
        assertThrows(ExecutionException.class, () -> topics().make(name, name, name, needed))
            .getCause();
    return cause instanceof TopicAuthorizationException refused
        && refused.unauthorizedTopics().equals(needed)
        && refused.getMessage().contains("CREATE");
  }

  @Test
  void whoMayMakeTopicsHasThemOfTheSizeThatIsSet() throws Exception {
    broker.allow(right(USER, CREATE, TOPIC, name), right(USER, DESCRIBE, TOPIC, name));

    await()
        .untilAsserted(
            () -> {
              topics().make(name, name, name, Set.of(name));
              assertEquals(3, kafka.describe(name).partitions().size());
            });
    assertTrue(kafka.describe(name).partitions().stream().allMatch(p -> p.replicas().size() == 1));
  }

  private static Topics topics() {
    return new Topics(kafka, 3, (short) 1);
  }
}
