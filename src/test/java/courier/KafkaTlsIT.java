package courier;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.kafka.Certificates;
import courier.kafka.SecuredKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Courier at a Kafka that shows a certificate and wants to see one, or that has no address yet. */
class KafkaTlsIT {
  private static final String MESSAGE = "{\"from\": \"a\", \"to\": \"b\", \"message\": \"m\"}";

  @TempDir private static Path shared;
  private static Certificates certificates;
  private static SecuredKafka kafka;

  @TempDir private Path folder;
  private CourierProcess courier;

  @BeforeAll
  static void startKafka() throws Exception {
    certificates = new Certificates(shared);
    certificates.issue("broker");
    certificates.issue("courier");
    kafka = broker("broker");
    kafka.createTopics("client-messages");
    kafka.allow(right("CN=courier", WRITE, TOPIC, "client-messages"));
  }

  private static SecuredKafka broker(String certificate) throws Exception {
    Map<String, String> door = new HashMap<>(certificates.properties(certificate));
    door.put("ssl.client.auth", "required");
    return new SecuredKafka(shared.resolve("kafka-" + certificate), "SSL", door);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void configure() {
    courier = new CourierProcess(folder).with("KAFKA_BROKERS", kafka.brokers);
    say("security.protocol", "SSL");
    certificates.properties("courier").forEach(this::say);
  }

  @AfterEach
  void close() {
    courier.close();
  }

  private void say(String property, String value) {
    courier.with(variable(property), value);
  }

  private static String variable(String property) {
    return "KAFKA_CLIENT_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  @Test
  void eachKnowsTheOtherByItsCertificate() {
    courier.start("client-a");

    assertEquals(202, courier.send(MESSAGE).statusCode());
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamed() throws Exception {
    courier.without(variable("ssl.truststore.type"));
    courier.without(variable("ssl.truststore.location"));

    assertRefused("Kafka's certificate is not trusted", "kafka.client.ssl.truststore.location");
  }

  @Test
  void aCertificateOfAnotherNameIsNamed() throws Exception {
    courier.with("KAFKA_BROKERS", kafka.brokers.replace("localhost", "127.0.0.1"));

    assertRefused("Kafka's certificate is not one for this name", "127.0.0.1");
  }

  @Test
  void aCertificateThatHasExpiredIsNamed() throws Exception {
    certificates.issue("old", "-startdate", "-10d", "-validity", "5");
    try (SecuredKafka old = broker("old")) {
      courier.with("KAFKA_BROKERS", old.brokers);

      assertRefused("Kafka's certificate has expired");
    }
  }

  @Test
  void aCertificateThatCourierDoesNotHaveIsNamed() throws Exception {
    certificates.properties("courier").keySet().stream()
        .filter(name -> name.contains("key"))
        .forEach(name -> courier.without(variable(name)));

    assertRefused("Kafka does not take the certificate of Courier", "ssl.keystore.location");
  }

  @Test
  void aFileThatThereIsNotIsNamed() throws Exception {
    say("ssl.truststore.location", "/nowhere/ca.pem");

    assertRefused("What kafka.client says", "no file /nowhere/ca.pem");
  }

  @Test
  void aNameThatDoesNotResolveYetIsWaitedFor() throws Exception {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 elsewhere\n");
    courier.with("KAFKA_BROKERS", kafka.brokers.replace("localhost", "localhost.example"));
    say("ssl.endpoint.identification.algorithm", "https");
    ProcessBuilder command = courier.command("client-a").redirectErrorStream(true);
    command.command().add(1, "-Djdk.net.hosts.file=" + hosts);
    command.environment().put("HTTP_HOST", "127.0.0.1");
    Path log = folder.resolve("waits.log");
    Process process = courier.launch(command.redirectOutput(log.toFile()));

    await().until(() -> CourierProcess.read(log).contains("resolves, 30s at most"));
    assertTrue(process.isAlive());
    Files.writeString(hosts, "127.0.0.1 localhost\n127.0.0.1 localhost.example\n");

    // Which the certificate is not for, so that it was there that it went.
    assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> CourierProcess.read(log));
    assertTrue(CourierProcess.read(log).contains("localhost.example found"));
  }

  private void assertRefused(String... words) throws Exception {
    Path log = folder.resolve("refused.log");
    Process process = courier.launch(log, "client-a");
    assertTrue(process.waitFor(50, TimeUnit.SECONDS), () -> CourierProcess.read(log));
    String text = CourierProcess.read(log);
    assertEquals(1, process.exitValue(), text);
    assertFalse(text.contains("\tat "), text);
    for (String word : words) {
      assertTrue(
          text.lines().anyMatch(line -> line.startsWith("courier: ") && line.contains(word)), text);
    }
  }
}
