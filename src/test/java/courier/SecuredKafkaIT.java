package courier;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.kafka.SecuredKafka;
import courier.socketio.SocketioClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Courier at a Kafka that asks for a password, and lets its user do no more than is needed. */
class SecuredKafkaIT {
  private static final String PASSWORD = "never-to-be-shown";
  private static final String[] TOPICS = {
    "client-messages", "dead-letter-topic", "stored-messages"
  };

  @TempDir private static Path kafkaFolder;
  private static SecuredKafka kafka;

  @TempDir private Path folder;
  private CourierProcess courier;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new SecuredKafka(kafkaFolder.resolve("kafka"), "SASL_PLAINTEXT", Map.of());
    for (String user : List.of("client-a", "client-b", "nobody")) {
      kafka.createUser(user, PASSWORD);
    }
    kafka.createTopics(TOPICS);
    kafka.allow(ofClientA());
    kafka.allow(ofClientB());
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  /** As docs/operations.md has them. */
  private static AclBinding[] ofClientA() {
    return new AclBinding[] {right("client-a", WRITE, TOPIC, "client-messages")};
  }

  private static AclBinding[] ofClientB() {
    List<AclBinding> rights = new ArrayList<>();
    for (String topic : TOPICS) {
      rights.add(right("client-b", READ, TOPIC, topic));
      rights.add(right("client-b", WRITE, TOPIC, topic));
    }
    rights.add(right("client-b", READ, GROUP, "client-b"));
    rights.add(right("client-b", READ, GROUP, "client-b.dead-letters"));
    return rights.toArray(AclBinding[]::new);
  }

  @BeforeEach
  void configure() {
    courier =
        new CourierProcess(folder)
            .with("KAFKA_BROKERS", kafka.brokers)
            .with("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
            .with("KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512");
  }

  @AfterEach
  void close() {
    courier.close();
  }

  private CourierProcess as(String user, String password) {
    return courier.with("KAFKA_CLIENT_SASL_JAAS_CONFIG", SecuredKafka.login(user, password));
  }

  @Test
  void messagesAndDeadLettersGetThroughByUsersOfLeastRights() throws Exception {
    as("client-b", passwordFromAFile()).startApart("mongodb", "client-b");
    as("client-a", PASSWORD).startApart("client-a");

    try (SocketioClient client = courier.socketio()) {
      assertTrue(client.connected());
      send("hello", "");
      await().until(() -> client.received.toString().contains("hello"));
    }
    await().until(() -> get(courier.clientB() + "/messages").contains("hello"));
    String unknown = get(courier.clientB() + "/messages/none/trace");
    assertTrue(unknown.contains("Client B has "), unknown);
    send("poison", ", \"$bad\": 1");
    await().until(() -> get(courier.clientB() + "/dead-letters").contains("$bad"));
    await()
        .untilAsserted(
            () ->
                assertEquals(
                    200, courier.get(courier.managementB() + "/health/ready").statusCode()));
    nobodyIsShownThePassword();
  }

  /** By a provider of Kafka's own, as the file says. */
  private String passwordFromAFile() throws Exception {
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), PASSWORD);
    Files.writeString(
        folder.resolve("application.properties"),
        """

        kafka.client.config.providers=directory
        kafka.client.config.providers.directory.class=%s
        """
            .formatted(DirectoryConfigProvider.class.getName()),
        StandardOpenOption.APPEND);
    return "${directory:" + secrets + ":password}";
  }

  private void send(String message, String more) {
    String json = "{\"from\": \"a\", \"to\": \"clientB\", \"message\": \"%s\"%s}";
    assertEquals(202, courier.send(json.formatted(message, more)).statusCode());
  }

  private String get(String url) {
    return courier.get(url).body();
  }

  private void nobodyIsShownThePassword() {
    for (String part : List.of("client-a", "client-b")) {
      assertFalse(CourierProcess.read(courier.log(part)).contains(PASSWORD), part);
    }
    for (String management : List.of(courier.managementA(), courier.managementB())) {
      assertFalse(get(management + "/health").contains(PASSWORD));
      assertFalse(get(management + "/info").contains(PASSWORD));
      String beans =
          CourierProcess.exchange(
                  HttpRequest.newBuilder(URI.create(management + "/jolokia"))
                      .POST(
                          BodyPublishers.ofString(
                              "{\"type\": \"read\", \"mbean\": \"*:*\", \"config\": {\"ignoreErrors\": true}}")))
              .body();
      assertTrue(beans.contains("kafka://client-messages"), "endpoints are among the beans");
      assertFalse(beans.contains(PASSWORD));
    }
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() throws Exception {
    String said = refusal(as("client-a", "also-not-shown"), "client-a");

    assertTrue(said.contains("correct kafka.client.sasl.jaas.config: "), said);
    assertFalse(said.contains("also-not-shown"), said);
  }

  @Test
  void theDoctorNamesAWrongPasswordAndDoesNotShowIt() throws Exception {
    as("client-a", "also-not-shown");
    courier.with("MONGODB_URI", courier.variable("MONGODB_URI") + "?serverSelectionTimeoutMS=500");
    Path log = folder.resolve("doctor.log");
    Process doctor = courier.launch(log, "doctor");

    assertTrue(doctor.waitFor(50, TimeUnit.SECONDS));
    String said = CourierProcess.read(log);
    assertEquals(2, doctor.exitValue(), said);
    assertTrue(said.contains("kafka-unreachable: Kafka refuses the user or the password"), said);
    assertTrue(said.contains("> kafka.client.sasl.jaas.config=..."), said);
    assertFalse(said.contains("also-not-shown"), said);
    assertFalse(said.contains("WARN"), said);
  }

  @Test
  void aMechanismThatKafkaDoesNotTakeIsNamedWithThoseItTakes() throws Exception {
    String said =
        refusal(
            as("client-a", PASSWORD).with("KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-256"),
            "client-a");

    assertTrue(said.contains("correct kafka.client.sasl.mechanism: "), said);
    assertTrue(said.contains("[SCRAM-SHA-512]"), said);
  }

  @Test
  void aLoginThatIsNoneIsNamedWithoutAnyPieceOfIt() throws Exception {
    String login = SecuredKafka.login("client-a", PASSWORD).replace("\"", "").replace("-to", " to");
    String said = refusal(courier.with("KAFKA_CLIENT_SASL_JAAS_CONFIG", login), "client-a");

    assertTrue(said.contains("kafka.client.sasl.jaas.config is missing or wrong"), said);
    assertFalse(said.contains("be-shown"), said);
  }

  @Test
  void aDoorThatNobodyKnocksAtIsGuessed() throws Exception {
    courier.without("KAFKA_CLIENT_SECURITY_PROTOCOL").with("STARTUP_TIMEOUT", "3s");

    String said = refusal(as("client-a", PASSWORD), "client-a");
    assertTrue(said.contains("if it wants TLS or a password"), said);
  }

  @Test
  void eachRightThatIsMissingIsNamed() throws Exception {
    String a = refusal(as("nobody", PASSWORD), "client-a");
    assertTrue(a.contains("WRITE on the topic client-messages"), a);

    String b = refusal(as("nobody", PASSWORD), "mongodb", "client-b");
    for (AclBinding right : ofClientB()) {
      String missing =
          "%s on the %s %s"
              .formatted(
                  right.entry().operation(),
                  right.pattern().resourceType().toString().toLowerCase(),
                  right.pattern().name());
      assertTrue(b.contains(missing + ",") || b.contains(missing + ":"), missing + " in " + b);
    }
    assertTrue(b.contains("allow that"), b);
  }

  @Test
  void aRightThatIsTakenAwayIsSaidByHealthUntilItIsBack() throws Exception {
    AclBinding right = right("client-b", READ, GROUP, "client-b.dead-letters");
    as("client-b", PASSWORD).startApart("mongodb", "client-b");
    String ready = courier.managementB() + "/health/ready";
    await().until(() -> courier.get(ready).statusCode() == 200);

    kafka.forbid(right);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> get(ready).contains("the ACLs of the group client-b.dead-letters"));
      assertEquals(503, courier.get(ready).statusCode());
    } finally {
      kafka.allow(right);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> courier.get(ready).statusCode() == 200);
  }

  /** What it says when it does not start; it is one line. */
  private String refusal(CourierProcess courier, String... parts) throws Exception {
    Path log = folder.resolve("refused.log");
    Process process = courier.launch(log, parts);
    assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> CourierProcess.read(log));
    String text = CourierProcess.read(log);
    assertEquals(1, process.exitValue(), text);
    assertFalse(text.contains("\tat "), text);
    assertFalse(text.contains(PASSWORD), text);
    return text.lines().filter(line -> line.startsWith("courier: ")).findFirst().orElse(text);
  }
}
