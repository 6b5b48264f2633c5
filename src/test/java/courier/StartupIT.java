package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.Ended;
import courier.fixture.Json;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Courier says when it cannot start, and what its doctor says before. */
class StartupIT {
  private static final String SEND = "routes/client-a/send-message.camel.yaml";
  @TempDir private static Path kafkaFolder;
  private static CourierProcess kafka;

  @TempDir private Path folder;
  private CourierProcess courier;

  @BeforeAll
  static void startKafka() {
    kafka = new CourierProcess(kafkaFolder);
    kafka.start("kafka");
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void configure() {
    courier = new CourierProcess(folder);
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void aPartThereIsNotIsNamedWithThoseThereAre() throws Exception {
    run("client-x")
        .assertRefused(
            "There is no part \"client-x\"", "name any of mongodb, kafka, client-a, client-b");
  }

  @Test
  void anOptionThereIsNotLeadsToTheHelp() throws Exception {
    run("--prot").assertRefused("Unknown option: '--prot'", "--help");
  }

  @Test
  void aPortInUseIsNamedWithItsKey() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      courier.with("CLIENT_A_HTTP_PORT", String.valueOf(other.getLocalPort()));

      run()
          .assertRefused(
              "localhost:" + other.getLocalPort(),
              "Stop what listens there, or change client-a.http.port.");
    }
  }

  @Test
  void theRoutesFolderIsMissing() throws Exception {
    Files.move(folder.resolve("routes"), folder.resolve("other"));

    run().assertRefused(folder.resolve("routes").toString(), "in the folder that has routes/");
  }

  @Test
  void theConfigurationIsMissing() throws Exception {
    Files.delete(folder.resolve("application.properties"));

    run().assertRefused(folder.resolve("application.properties").toString());
  }

  @Test
  void aServicesFolderIsEmpty() throws Exception {
    Files.createDirectory(folder.resolve("routes/client-x"));

    run().assertRefused("routes/client-x has no routes: put a *.camel.yaml or *.java file there");
  }

  @Test
  void aServiceHasNoPorts() throws Exception {
    Files.createDirectory(folder.resolve("routes/client-x"));
    Files.copy(folder.resolve(SEND), folder.resolve("routes/client-x/send.camel.yaml"));

    run().assertRefused("client-x.http.port is not set", "CLIENT_X_HTTP_PORT");
  }

  @Test
  void dotenvIsReadAndTheEnvironmentBeatsIt() throws Exception {
    Files.writeString(folder.resolve(".env"), "STARTUP_TIMEOUT=mine\nRETRY_DELAY=later\n");

    run().assertRefused("startup.timeout is \"mine\": write it as 30s");
    courier.with("STARTUP_TIMEOUT", "30s");
    run().assertRefused("retry.delay is \"later\": give a number of milliseconds");
  }

  @Test
  void theSeedsNameIsReadAndItsBadValueRefused() throws Exception {
    ProcessBuilder command = courier.command();
    command.environment().remove("KAFKA_BROKERS");
    command.environment().put("KAFKA_BROKER", "seed");

    Ended.of(courier, command).assertRefused("kafka.brokers is \"seed\": give one host:port");
  }

  @Test
  void nobodyAnswersAsKafka() throws Exception {
    courier.with("STARTUP_TIMEOUT", "2s");

    run("client-a")
        .assertRefused(
            "No Kafka answers at " + courier.brokers() + " within 2s", "change kafka.brokers");
  }

  @Test
  void nobodyAnswersAsMongodb() throws Exception {
    String uri = courier.variable("MONGODB_URI") + "?serverSelectionTimeoutMS=500";
    courier
        .with("STARTUP_TIMEOUT", "2s")
        .with("KAFKA_BROKERS", kafka.brokers())
        .with("MONGODB_URI", uri);
    String address = uri.split("/")[2];

    run("client-b")
        .assertRefused("No MongoDB answers at " + address + " within 2s", "change mongodb.uri");
  }

  /** Names in capitals, and digits, are others in these. */
  @ParameterizedTest
  @ValueSource(strings = {"-Duser.language=tr", "-Duser.language=ar -Duser.country=EG"})
  void startsInWhateverLanguageTheMachineHas(String language) {
    courier.with("JAVA_TOOL_OPTIONS", language).start("kafka");

    String said = CourierProcess.read(folder.resolve("courier-0.log"));
    assertTrue(said.matches("(?s).*Courier is ready after [0-9]+[.][0-9] s.*"), said);
  }

  @Test
  void startsInAFolderOfAnyName() throws Exception {
    // In some languages Java has no such letter in the name of a file.
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    String letter = names.newEncoder().canEncode('ö') ? "ö" : "o";
    Path odd = Files.createDirectory(folder.resolve("my pr%sj, #1".formatted(letter)));
    try (CourierProcess there = new CourierProcess(odd)) {
      there.start();
    }
  }

  @Test
  void camelsKeysDoNotOpenAServerThatIsOfThisMachineAlone() throws Exception {
    courier.with("KAFKA_BROKERS", kafka.brokers()).with("CAMEL_SERVER_HOST", "0.0.0.0");

    run("client-a").assertRefused("camel.server.host is 0.0.0.0", "set http.host instead");
  }

  @Test
  void theDoctorSaysWhatIsNotThereAndToScriptsInJsonAlone() throws Exception {
    courier
        .with("KAFKA_BROKERS", kafka.brokers())
        .with("MONGODB_URI", courier.variable("MONGODB_URI") + "?serverSelectionTimeoutMS=500");

    Ended json = run("doctor", "--json");
    assertEquals(2, json.status(), json.toString());
    List<String> ids = Json.read(json.out()).get("findings").findValuesAsText("id");
    assertEquals(List.of("mongodb-unreachable", "for-development"), ids, json.out());
    assertEquals("", json.err());
    assertTrue(run("doctor").out().startsWith("Would break:"));

    run("doctor", "--jason").assertRefused("--jason");
  }

  @Test
  void stopsAtOnceWhileItWaits() throws Exception {
    Path log = folder.resolve("log");
    Process process = courier.launch(log, "client-a");
    await().until(() -> CourierProcess.read(log).contains("Waiting for Kafka at "));

    process.destroy();

    await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    assertFalse(CourierProcess.read(log).contains("courier: "));
  }

  static Stream<Arguments> aMistakeInARouteIsNamedWithItsPlace() {
    int from = line("uri: platform-http:");
    return Stream.of(
        Arguments.of("{{topics.messages}}", "{{topics.mesages}}", "send-message", "topics.mesages"),
        Arguments.of("    id: send-message\n", "", SEND + ":" + (from - 1), "the route has no id"),
        Arguments.of(
            "Id: answer-with-error",
            "Id: answer-with-eror",
            SEND + ":" + from,
            "one of answer-as-error, answer-with-error"),
        Arguments.of("    from:\n", "   from:\n", SEND + ":", "expected"),
        Arguments.of(
            "removeHeaders:",
            "removeHaeders:",
            SEND + ":" + line("removeHeaders:") + ":",
            "removeHaeders"),
        Arguments.of("kafka:{{", "kafkka:{{", "send-message", "kafkka:"),
        Arguments.of("message.schema", "m.schema", "routes/client-a/m.schema.json", "no file"));
  }

  /** The number of the first line of the route that says this. */
  private static int line(String text) {
    List<String> lines = CourierProcess.read(Path.of(SEND)).lines().toList();
    return IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains(text))
            .min()
            .orElseThrow()
        + 1;
  }

  @ParameterizedTest
  @MethodSource
  void aMistakeInARouteIsNamedWithItsPlace(String right, String wrong, String place, String reason)
      throws Exception {
    courier.with("KAFKA_BROKERS", kafka.brokers());
    String text = CourierProcess.read(folder.resolve(SEND));
    assertTrue(text.contains(right), right);
    Files.writeString(folder.resolve(SEND), text.replace(right, wrong));

    run("client-a").assertRefused(place, reason);
  }

  @Test
  void aMistakeInAJavaRouteIsNamedWithItsPlace() throws Exception {
    courier.with("KAFKA_BROKERS", kafka.brokers());
    Files.writeString(
        folder.resolve("routes/client-a/Broken.java"), "public class Broken {\n  int }\n");

    run("client-a").assertRefused("Broken.java:2");
  }

  private Ended run(String... arguments) throws InterruptedException {
    return Ended.of(courier, courier.command(arguments));
  }
}
