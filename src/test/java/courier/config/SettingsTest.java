package courier.config;

import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void copyTheShippedFile() throws Exception {
    Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
  }

  @Test
  void theShippedFileHasEveryDefault() {
    Settings settings = load(Map.of());

    assertEquals("localhost:9092", settings.get("kafka.brokers"));
    assertEquals("courier", settings.get("mongodb.database"));
    assertEquals(3000, settings.port("client-a.http.port"));
    assertEquals(30_000, settings.millis("startup.timeout"));
    assertEquals("clientB", settings.asProperties().getProperty("client-b.name"));
  }

  @Test
  void limitsAreNumbers() {
    assertEquals("0", load(Map.of("LIMITS_BYTES_PER_DAY", "")).get("limits.bytes-per-day"));
    assertEquals(
        "limits.messages-per-second is \"many\": give a number, or 0 for as many as come.",
        refusal(Map.of("LIMITS_MESSAGES_PER_SECOND", "many")));
    assertEquals(
        "limits.bytes-per-day is \"5 MB\": give a number of bytes, or 0 for as many as come.",
        refusal(Map.of("LIMITS_BYTES_PER_DAY", "5 MB")));
  }

  @Test
  void theEnvironmentBeatsDotenvAndDotenvTheFile() throws Exception {
    Files.writeString(
        folder.resolve(".env"), "# mine\nCLIENT_B_NAME=dotenv\nAUTH_ISSUER=\"of mine\"\n");

    Settings settings = load(Map.of("CLIENT_B_NAME", "environment"));

    assertEquals("environment", settings.get("client-b.name"));
    assertEquals("of mine", settings.get("auth.issuer"));
    assertEquals("dead-letter-topic", settings.get("topics.dead-letters"));
  }

  @Test
  void aLineOfDotenvThatIsNoneIsRefused() throws Exception {
    Files.writeString(folder.resolve(".env"), "CLIENT_B_NAME\n");

    assertTrue(refusal(Map.of()).startsWith("Cannot read .env: "));
  }

  @Test
  void aLineOfDotenvThatIsNoneIsNamedWithoutWhatItSays() throws Exception {
    Files.writeString(
        folder.resolve(".env"), "# mine\nKAFKA_CLIENT_SASL_JAAS_CONFIG: password=\"hidden\";\n");

    String refusal = refusal(Map.of());
    assertTrue(refusal.contains("line 2 is no entry"), refusal);
    assertFalse(refusal.contains("hidden"), refusal);
  }

  @Test
  void theSeedsNamesWorkAndOurNamesBeatThem() {
    Map<String, String> seed =
        Map.of("KAFKA_BROKER", "k:1", "MONGOURI", "mongodb://m/theirs", "CLIENT_ID", "me");

    Settings settings = load(seed);

    assertEquals("k:1", settings.get("kafka.brokers"));
    assertEquals("mongodb://m/theirs", settings.get("mongodb.uri"));
    assertEquals("theirs", settings.get("mongodb.database"));
    assertEquals("me", settings.get("client-b.name"));
    assertEquals(
        "ours", load(Map.of("CLIENT_ID", "seed", "CLIENT_B_NAME", "ours")).get("client-b.name"));
  }

  @Test
  void aKeyThatTheFileDoesNotHaveIsTakenFromTheEnvironment() {
    Settings settings = load(Map.of("CLIENT_C_HTTP_PORT", "3200"));

    assertEquals(3200, settings.port("client-c.http.port"));
    assertTrue(settings.has("client-c.http.port"));
    assertFalse(settings.has("client-d.http.port"));
    assertEquals(
        "The property client-d.http.port is not set:"
            + " add it to application.properties or set CLIENT_D_HTTP_PORT.",
        assertThrows(StartupException.class, () -> settings.get("client-d.http.port"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "250ms, 250", "30s, 30000", "1m30s, 90000", "1h, 3600000"})
  void durationsAreReadAsPeopleWriteThem(String text, long millis) {
    assertEquals(millis, load(Map.of("STARTUP_TIMEOUT", text)).millis("startup.timeout"));
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH_MODE, yes, 'auth.mode is \"yes\": give jwt, none, or none-on-the-network.'",
    "STARTUP_TIMEOUT, abc, 'startup.timeout is \"abc\": write it as 30s.'",
    "STARTUP_TIMEOUT, 30 s, 'startup.timeout is \"30 s\": write it as 30s.'",
    "RETRY_ATTEMPTS, many, 'retry.attempts is \"many\": give a number.'",
    "RETRY_ATTEMPTS, -1, 'retry.attempts is \"-1\": give a number.'",
    "RETRY_DELAY, 1s, 'retry.delay is \"1s\": give a number of milliseconds.'",
  })
  void aBadValueIsNamedWithItsKey(String variable, String value, String refusal) {
    assertEquals(refusal, refusal(Map.of(variable, value)));
  }

  @ParameterizedTest
  @CsvSource({
    "TOPICS_MESSAGES, my topic, the name of a topic is letters",
    "TOPICS_REVOKED, ünï, the name of a topic is letters",
    "TOPICS_REPLAY_TO, 'orders,a/b', the name of a topic is letters",
    "TOPICS_OTHER_DEAD_LETTERS, 'a,,b', the name of a topic is letters",
    "TOPICS_MESSAGES, dead-letter-topic, give each a topic of its own",
    "TOPICS_STORED, client-messages, give each a topic of its own",
    "TOPICS_OTHER_DEAD_LETTERS, 'a.b,a_b', give each a topic of its own",
    "TOPICS_OTHER_DEAD_LETTERS, client-messages, give each a topic of its own",
    "TOPICS_REPLAY_TO, revoked-tokens, name topics that are for messages",
    "TOPICS_REPLAY_TO, stored-messages, name topics that are for messages",
  })
  void aTopicIsForOneThingAndKafkaMayHaveIt(String variable, String value, String advice) {
    String refusal = refusal(Map.of(variable, value));
    assertTrue(refusal.contains(variable.replaceFirst(".*_", "").toLowerCase(ROOT)), refusal);
    assertTrue(refusal.contains(advice), refusal);
  }

  @Test
  void messagesMayBeReplayedToTheirTopicAndToOthers() {
    Map<String, String> variables = Map.of("TOPICS_REPLAY_TO", "client-messages, orders");
    assertEquals(
        "client-messages,client-messages,orders",
        load(variables).asProperties().getProperty("topics.replayed"));
  }

  @ParameterizedTest
  @CsvSource({"foo", "0", "65536", "-1"})
  void aBadPortIsNamedWithItsKey(String value) {
    Settings settings = load(Map.of("CLIENT_A_HTTP_PORT", value));

    assertEquals(
        "client-a.http.port is \"%s\": give a port from 1 to 65535.".formatted(value),
        assertThrows(StartupException.class, () -> settings.port("client-a.http.port"))
            .getMessage());
  }

  @Test
  void aBadAddressIsNamedWithItsKey() {
    assertTrue(
        refusal(Map.of("MONGODB_URI", "m:1")).startsWith("mongodb.uri is not a MongoDB address"));
    for (String brokers : new String[] {"k", "k:x", "k:1,k:2"}) {
      Settings settings = load(Map.of("KAFKA_BROKERS", brokers));
      assertEquals(
          "kafka.brokers is \"%s\": give one host:port.".formatted(brokers),
          assertThrows(StartupException.class, () -> Servers.kafka(settings)).getMessage());
    }
  }

  @Test
  void aStoreThatAcknowledgesNothingIsRefused() {
    for (String options : new String[] {"w=0", "appName=x&w=0&journal=false"}) {
      String refusal = refusal(Map.of("MONGODB_URI", "mongodb://m/theirs?" + options));
      assertTrue(refusal.startsWith("mongodb.uri says w=0: take it out"), refusal);
    }
    assertEquals("m", Servers.mongodbForPeople(load(Map.of("MONGODB_URI", "mongodb://m/?w=1"))));
  }

  @Test
  void aPasswordIsNotShown() {
    Settings settings = load(Map.of("MONGODB_URI", "mongodb://me:secret@one,two:2/db"));

    assertEquals("one,two:2", Servers.mongodbForPeople(settings));
  }

  @Test
  void aVariableMayNameAFileWithWhatItWouldSay() throws Exception {
    Path file = Files.writeString(folder.resolve("uri"), "mongodb://me:secret@m/theirs\n");
    for (String variable : new String[] {"MONGODB_URI_FILE", "MONGOURI_FILE"}) {
      Settings settings = load(Map.of(variable, file.toString()));
      assertEquals("mongodb://me:secret@m/theirs", settings.get("mongodb.uri"));
      assertFalse(settings.asProperties().toString().contains("secret"));
    }
    Files.writeString(folder.resolve(".env"), "TLS_PASSWORD_FILE=" + file + "\n");
    assertEquals("mongodb://me:secret@m/theirs", load(Map.of()).get("tls.password"));
    assertEquals("mine", load(Map.of("TLS_PASSWORD", "mine")).get("tls.password"));
  }

  @Test
  void aFileThatAVariableNamesIsReadableAndTheOnlyWay() throws Exception {
    Path file = Files.writeString(folder.resolve("value"), "\n");
    assertTrue(
        refusal(Map.of("MONGODB_URI_FILE", "/nowhere/uri"))
            .startsWith("MONGODB_URI_FILE is /nowhere/uri, which cannot be read"));
    assertTrue(
        refusal(Map.of("MONGODB_URI_FILE", file.toString()))
            .startsWith("MONGODB_URI_FILE is " + file + ", and that file is empty"));
    assertEquals(
        "TOPICS_STORED and TOPICS_STORED_FILE are both set: leave one of them out.",
        refusal(Map.of("TOPICS_STORED", "t", "TOPICS_STORED_FILE", file.toString())));
  }

  @Test
  void whatIsWrongInAnAddressWithAPasswordIsNotRepeated() {
    String refusal = refusal(Map.of("MONGODB_URI", "mongodb://me:se/cret@m/theirs"));
    assertTrue(refusal.startsWith("mongodb.uri is not a MongoDB address: "), refusal);
    assertFalse(refusal.contains("cret"), refusal);
    assertFalse(refusal.contains("me:se"), refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_KEY, /nowhere, tls.key or tls.password is set",
    "TLS_CERTIFICATE, /nowhere, 'tls.certificate is /nowhere, and there is no such file'",
    "TLS_CERTIFICATE_FILE, /nowhere, 'tls.certificate is /nowhere, and there is no such file'",
    "TLS_CERTIFICATE, -----BEGIN PRIVATE KEY-----secret, tls.certificate is no name of a file",
  })
  void aBadCertificateIsNamed(String variable, String value, String words) {
    Settings settings = load(Map.of(variable, value));

    String said =
        assertThrows(StartupException.class, () -> HttpSettings.of(settings)).getMessage();
    assertTrue(said.contains(words), said);
    assertFalse(said.contains("secret"), said);
  }

  private Settings load(Map<String, String> environment) {
    return Settings.load(folder, environment);
  }

  private String refusal(Map<String, String> environment) {
    return assertThrows(StartupException.class, () -> load(environment)).getMessage();
  }

  @Test
  void takesSeveralNamesForClientB() throws Exception {
    assertEquals(
        "anna,bert w,*", load(Map.of("CLIENT_ID", " anna , bert w,* ")).get("client-b.name"));
  }

  @ParameterizedTest
  @CsvSource({
    "clientB, client-b",
    "'bert, anna,bert', 'client-b.anna,bert'",
    "'anna,*', client-b.*",
    "'clientB,anna', 'client-b.anna,clientB'",
  })
  void namesThatDifferAreGroupsThatDiffer(String names, String group) {
    assertEquals(group, load(Map.of("CLIENT_ID", names)).get("client-b.group"));
    assertEquals(
        "mine", load(Map.of("CLIENT_ID", names, "CLIENT_B_GROUP", "mine")).get("client-b.group"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "anna,", "anna,,bert", "O'Neill", "a}b", "${a", "{{a}}"})
  void refusesNamesThatAreNone(String names) {
    StartupException refusal =
        assertThrows(StartupException.class, () -> load(Map.of("CLIENT_ID", names)));
    assertTrue(refusal.getMessage().startsWith("client-b.name is \"" + names.strip()));
  }
}
