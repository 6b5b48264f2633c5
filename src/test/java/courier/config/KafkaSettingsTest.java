package courier.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void copyTheShippedFile() throws Exception {
    file = folder.resolve("application.properties");
    Files.copy(Path.of("application.properties"), file);
  }

  @Test
  void aVariableMayNameAFileUnlessKafkaHasAPropertyOfThatName() throws Exception {
    Path file = Files.writeString(folder.resolve("jaas"), "of mine;\n");
    Map<String, String> clients =
        Settings.load(
                folder,
                Map.of(
                    "KAFKA_CLIENT_SASL_JAAS_CONFIG_FILE",
                    file.toString(),
                    "KAFKA_CLIENT_SASL_OAUTHBEARER_ASSERTION_FILE",
                    "/nowhere"))
            .under("kafka.client.", courier.kafka.ClientNames::isSettable);

    assertEquals("of mine;", clients.get("sasl.jaas.config"));
    assertEquals("/nowhere", clients.get("sasl.oauthbearer.assertion.file"));
  }

  @Test
  void whatIsSaidIsToldToEachClientWhereverItIsSaid() throws Exception {
    say("kafka.client.security.protocol=SSL\nkafka.client.sasl.mechanism=PLAIN\n");
    Files.writeString(folder.resolve(".env"), "KAFKA_CLIENT_SASL_MECHANISM=SCRAM-SHA-256\n");

    KafkaSettings settings = load(Map.of("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"));

    for (Properties told :
        new Properties[] {
          settings.clients().producer(new Properties()), settings.clients().consumer(producers())
        }) {
      assertEquals("SASL_SSL", told.get("security.protocol"));
      assertEquals("SCRAM-SHA-256", told.get("sasl.mechanism"));
    }
  }

  private static Properties producers() {
    Properties properties = new Properties();
    properties.put("security.protocol", "PLAINTEXT"); // as Camel says it
    return properties;
  }

  @Test
  void aClientIsToldWhatItsKindKnows() {
    KafkaSettings settings =
        load(Map.of("KAFKA_CLIENT_FETCH_MIN_BYTES", "7", "KAFKA_CLIENT_COMPRESSION_TYPE", "zstd"));

    assertEquals(Map.of("compression.type", "zstd"), settings.clients().producer(new Properties()));
    assertEquals(Map.of("fetch.min.bytes", "7"), settings.clients().consumer(new Properties()));
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_CLIENT_SASL_MECHANISMS, sasl.mechanisms, sasl.mechanism",
    "KAFKA_CLIENT_SECURTY_PROTOCOL, securty.protocol, security.protocol",
    "KAFKA_CLIENT_SSL_TRUSTSTORE_LOKATION, ssl.truststore.lokation, ssl.truststore.location",
  })
  void aNameThatThereIsNotIsRefusedWithTheNearest(String variable, String name, String nearest) {
    String refusal = refusal(Map.of(variable, "secret"));

    assertEquals(
        "kafka.client.%s is no property of Kafka's clients: is it kafka.client.%s?"
            .formatted(name, nearest),
        refusal);
  }

  @Test
  void aNameLikeNoneIsRefusedToo() throws Exception {
    say("kafka.client.x=1\n");

    assertEquals("kafka.client.x is no property of Kafka's clients.", refusal(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "bootstrap.servers",
        "client.id",
        "enable.auto.commit",
        "enable.idempotence",
        "group.id",
        "isolation.level",
        "key.serializer",
        "max.poll.records",
        "partitioner.class",
        "value.deserializer",
      })
  void whatIsCouriersOwnIsRefusedWithTheReason(String name) throws Exception {
    say("kafka.client." + name + "=1\n");

    String refusal = refusal(Map.of());
    assertTrue(refusal.matches("kafka\\.client\\." + name + " cannot be set: .{20,}"), refusal);
  }

  @Test
  void whatKubernetesTellsOfAServiceOfThisNameIsNone() {
    load(
        Map.of(
            "KAFKA_CLIENT_SERVICE_HOST", "10.0.0.1",
            "KAFKA_CLIENT_PORT", "tcp://10.0.0.1:9092",
            "KAFKA_CLIENT_PORT_9092_TCP_ADDR", "10.0.0.1"));
  }

  @Test
  void noRouteAndNobodyWhoPrintsItSeesAPassword() throws Exception {
    say("kafka.client.sasl.jaas.config=hidden\n");
    Settings settings = Settings.load(folder, Map.of());

    assertFalse(settings.asProperties().toString().contains("hidden"));
    assertFalse(KafkaSettings.of(settings).toString().contains("hidden"));
  }

  @Test
  void theEmbeddedKafkaIsOpen() {
    Settings secured = Settings.load(folder, Map.of("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"));

    assertTrue(
        assertThrows(StartupException.class, () -> KafkaSettings.requirePlain(secured))
            .getMessage()
            .contains("leave out the part kafka"));
    KafkaSettings.requirePlain(Settings.load(folder, Map.of()));
  }

  @Test
  void theSizeOfTopicsHasDefaults() throws Exception {
    KafkaSettings settings = load(Map.of());
    assertEquals(-1, settings.replication());
    assertEquals(6, settings.partitions());

    settings = load(Map.of("KAFKA_TOPICS_REPLICATION", "3", "KAFKA_TOPICS_PARTITIONS", "12"));
    assertEquals(3, settings.replication());
    assertEquals(12, settings.partitions());
    assertEquals(
        "kafka.topics.replication is \"many\": give a number from 1 on.",
        refusal(Map.of("KAFKA_TOPICS_REPLICATION", "many")));
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol, security.protocol is to be SASL_SSL for OAUTHBEARER.",
    "sasl.mechanism, sasl.mechanism is missing: say OAUTHBEARER for sasl.oauthbearer.token.endpoint.url.",
    "sasl.oauthbearer.token.endpoint.url, sasl.oauthbearer.token.endpoint.url is missing: say where the issuer gives tokens.",
    "sasl.oauthbearer.client.credentials.client.id, sasl.oauthbearer.client.credentials.client.id is missing: say what the issuer knows Courier by.",
    "sasl.oauthbearer.client.credentials.client.secret, sasl.oauthbearer.client.credentials.client.secret is missing: say what the issuer knows Courier by.",
  })
  void whatIsMissingForTokensIsNamed(String name, String refusal) {
    Map<String, String> said = tokens();
    said.remove("KAFKA_CLIENT_" + name.toUpperCase(Locale.ROOT).replace('.', '_'));

    assertEquals("kafka.client." + refusal, refusal(said));
  }

  @Test
  void clientsThatShowTokensAreToldHow() {
    Properties told = load(tokens()).clients().consumer(new Properties());

    assertEquals(
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
        told.get("sasl.jaas.config"));
    assertEquals(
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
        told.get("sasl.login.callback.handler.class"));
  }

  private static Map<String, String> tokens() {
    Map<String, String> said = new HashMap<>();
    said.put("KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL");
    said.put("KAFKA_CLIENT_SASL_MECHANISM", "OAUTHBEARER");
    said.put("KAFKA_CLIENT_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", "https://id.example.org/token");
    said.put("KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID", "courier");
    said.put("KAFKA_CLIENT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET", "hidden");
    return said;
  }

  private void say(String lines) throws Exception {
    Files.writeString(file, lines, StandardOpenOption.APPEND);
  }

  private KafkaSettings load(Map<String, String> environment) {
    return KafkaSettings.of(Settings.load(folder, environment));
  }

  private String refusal(Map<String, String> environment) {
    return assertThrows(StartupException.class, () -> load(environment)).getMessage();
  }
}
