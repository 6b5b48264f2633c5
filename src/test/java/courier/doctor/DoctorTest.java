package courier.doctor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoClient;
import courier.doctor.live.DoctorHealthCheck;
import courier.doctor.live.Rounds;
import courier.kafka.Certificates;
import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.mongodb.Mongo;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/**
 * Of healthy servers the doctor says nothing, and names what is wrong around them: clocks, doors,
 * secrets, the host, and what is shipped.
 */
class DoctorTest extends HealthyServers {
  @Test
  void isSilentOnAHealthyCluster() {
    Findings findings = findings();

    assertEquals(List.of(), findings.all(), findings::text);
    assertEquals(0, findings.exitCode());
    assertEquals("All is well.\n", findings.text());
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
      JsonNode said = new JsonMapper().readTree(answer.getBody(byte[].class));
      JsonNode finding = said.at("/findings/0");
      assertEquals(
          "loses mongodb-write-concern",
          finding.at("/severity").textValue() + " " + finding.at("/id").textValue());
      assertFalse(finding.at("/mend").textValue().isEmpty(), finding::toString);
      assertTrue(Instant.parse(said.get("looked").textValue()).isBefore(Instant.now()));
    }
  }
}
