package courier.doctor;

import static courier.kafka.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.config.KafkaSettings;
import courier.config.Settings;
import courier.kafka.Kafka;
import courier.kafka.SecuredKafka;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCheckTest {
  @TempDir private Path folder;

  @Test
  void eachRightThatIsMissingIsNamedByTheLineThatGivesIt() throws Exception {
    try (SecuredKafka broker = new SecuredKafka(folder, "SASL_PLAINTEXT", Map.of())) {
      broker.createUser("anna", "not-shown");
      broker.createTopics("client-messages", "dead-letter-topic", "stored-messages");
      broker.allow(right("anna", WRITE, TOPIC, "client-messages"));
      Settings settings =
          Settings.load(
              Path.of(""),
              Map.of(
                  "KAFKA_BROKERS",
                  broker.brokers,
                  "KAFKA_CLIENT_SECURITY_PROTOCOL",
                  "SASL_PLAINTEXT",
                  "KAFKA_CLIENT_SASL_MECHANISM",
                  "SCRAM-SHA-512",
                  "KAFKA_CLIENT_SASL_JAAS_CONFIG",
                  SecuredKafka.login("anna", "not-shown")));
      try (Kafka kafka = new Kafka(broker.brokers, KafkaSettings.of(settings).clients())) {
        Doctor doctor =
            new Doctor(new Patient(settings, Path.of(""), kafka, null, Clock.systemUTC()));
        await().untilAsserted(() -> look(doctor, broker.brokers));
      }
    }
  }

  private static void look(Doctor doctor, String brokers) {
    Findings findings = new Findings();
    doctor.look(findings);
    List<String> lines =
        findings.all().stream()
            .filter(finding -> finding.id().equals("kafka-acl"))
            .map(Finding::mend)
            .toList();
    String add =
        "kafka-acls.sh --bootstrap-server %s --command-config admin.properties --add --allow-principal User:anna --operation "
            .formatted(brokers);
    assertEquals(
        List.of(
            add + "READ --topic client-messages",
            add + "READ --topic dead-letter-topic",
            add + "READ --topic stored-messages",
            add + "WRITE --topic dead-letter-topic",
            add + "WRITE --topic stored-messages",
            add + "READ --group client-b",
            add + "READ --group client-b.dead-letters"),
        lines,
        findings::text);
    assertTrue(findings.text().contains("DescribeConfigs --topic client-messages"));
    assertEquals(2, findings.exitCode(), "as it could not look at the topics");
    assertFalse(findings.text().contains("not-shown"));
  }
}
