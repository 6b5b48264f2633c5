package courier.kafka;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.identity.token.Issuer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Courier at a Kafka that asks for tokens of an issuer (OAUTHBEARER). */
class KafkaTokensIT {
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  @TempDir private static Path kafkaFolder;
  private static TokenEndpoint issuer;
  private static SecuredKafka kafka;

  @TempDir private Path folder;
  private CourierProcess courier;

  @BeforeAll
  static void startKafka() throws Exception {
    issuer = new TokenEndpoint();
    System.setProperty(ALLOWED, issuer.address("/keys")); // the broker is in this process
    String mechanism = "oauthbearer.sasl.";
    kafka =
        new SecuredKafka(
            kafkaFolder.resolve("kafka"),
            "SASL_PLAINTEXT",
            Map.of(
                "sasl.enabled.mechanisms",
                "OAUTHBEARER",
                mechanism + "jaas.config",
                OAuthBearerLoginModule.class.getName() + " required;",
                mechanism + "server.callback.handler.class",
                OAuthBearerValidatorCallbackHandler.class.getName(),
                "sasl.oauthbearer.jwks.endpoint.url",
                issuer.address("/keys"),
                "sasl.oauthbearer.expected.audience",
                TokenEndpoint.AUDIENCE,
                "sasl.oauthbearer.expected.issuer",
                Issuer.NAME));
    kafka.createTopics("client-messages", "dead-letter-topic", "stored-messages");
    kafka.allow(right("courier", ALL, TOPIC, "client-messages"));
    kafka.allow(right("courier", ALL, TOPIC, "dead-letter-topic"));
    kafka.allow(right("courier", ALL, TOPIC, "stored-messages"));
    kafka.allow(right("courier", ALL, GROUP, "client-b"));
    kafka.allow(right("courier", ALL, GROUP, "client-b.dead-letters"));
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
    issuer.close();
    System.clearProperty(ALLOWED);
  }

  @BeforeEach
  void configure() {
    issuer.isFor(TokenEndpoint.AUDIENCE);
    courier =
        new CourierProcess(folder)
            .with("KAFKA_BROKERS", kafka.brokers)
            .with("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_PLAINTEXT")
            .with("KAFKA_CLIENT_SASL_MECHANISM", "OAUTHBEARER")
            .with("KAFKA_CLIENT_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", issuer.address("/token"))
            .with("KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID", "courier")
            .with(
                "KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET",
                TokenEndpoint.SECRET);
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void messagesGetThroughByClientsThatShowTokens() {
    issuer.isDownFor(3); // it is waited for
    courier.startApart("mongodb", "client-a", "client-b");

    String json = "{\"from\": \"a\", \"to\": \"clientB\", \"message\": \"%s\"%s}";
    assertEquals(202, courier.send(json.formatted("hello", "")).statusCode());
    assertEquals(202, courier.send(json.formatted("poison", ", \"$bad\": 1")).statusCode());
    await().until(() -> get("/messages").contains("hello"));
    await().until(() -> get("/dead-letters").contains("$bad"));
    for (String part : new String[] {"client-a", "client-b"}) {
      assertFalse(CourierProcess.read(courier.log(part)).contains(TokenEndpoint.SECRET), part);
    }
  }

  private String get(String path) {
    return courier.get(courier.clientB() + path).body();
  }

  @Test
  void aTokenThatKafkaDoesNotTakeIsNamedByTheStartAndByTheDoctor() throws Exception {
    issuer.isFor("somebody else");

    String said = said(1, "client-a");
    assertTrue(said.contains("courier: Kafka does not take the token, correct "), said);
    courier.with("MONGODB_URI", courier.variable("MONGODB_URI") + "?serverSelectionTimeoutMS=500");
    assertTrue(said(2, "doctor").contains("kafka-unreachable: Kafka does not take the token"));
  }

  @Test
  void aSecretThatTheIssuerRefusesIsNamedByTheStartAndByTheDoctor() throws Exception {
    courier.with("KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET", "not-shown");

    String said = said(1, "client-a");
    assertTrue(said.contains(issuer.address("/token") + ", refuses Courier, correct"), said);
    assertFalse(said.contains("not-shown"), said);
    courier.with("MONGODB_URI", courier.variable("MONGODB_URI") + "?serverSelectionTimeoutMS=500");
    String doctors = said(2, "doctor");
    assertTrue(
        doctors.contains("> kafka.client.sasl.oauthbearer.client.credentials.client.secret=..."),
        doctors);
  }

  private String said(int status, String part) throws Exception {
    Path log = folder.resolve(part + "-refused.log");
    Process process = courier.launch(log, part);
    assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> CourierProcess.read(log));
    assertEquals(status, process.exitValue(), () -> CourierProcess.read(log));
    return CourierProcess.read(log);
  }
}
