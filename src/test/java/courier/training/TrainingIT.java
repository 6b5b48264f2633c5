package courier.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Courier trained by its own command, and started as the README says, with this Java. */
@TestMethodOrder(OrderAnnotation.class)
class TrainingIT {
  private static final String COMMAND = "java @target/courier.options -jar target/courier.jar";
  private static final String SHARED = "source: shared objects file";

  @TempDir private static Path folder;
  private static CourierProcess courier;
  private static String untrained;
  private static String said;

  @BeforeAll
  static void train() throws Exception {
    courier = new CourierProcess(folder);
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.copy(CourierProcess.JAR, jar());
    Files.copy(Path.of("src/main/launcher/courier.options"), options());
    Files.createSymbolicLink(target.resolve("lib"), Path.of("target/lib").toAbsolutePath());
    untrained = CourierProcess.read(options());

    assertTrue(CourierProcess.read(Path.of("README.md")).contains(COMMAND + " train"));
    said = run("train", "--seconds", "3");
  }

  @AfterEach
  void stop() {
    courier.close();
  }

  @AfterAll
  static void close() throws IOException {
    Files.delete(folder.resolve("target/lib"));
  }

  @Test
  @Order(1)
  void saysHowItWasTrained() {
    assertTrue(
        said.matches(
            "(?s).*There were [1-9]\\d* requests, [1-9]\\d* messages pushed"
                + " and [1-9]\\d* dead letters replayed\\..*"),
        said);
    assertTrue(said.contains("target/courier.options"), said);
    assertTrue(CourierProcess.read(options()).startsWith(untrained));
  }

  @Test
  @Order(2)
  void startsFromTheTraining() throws Exception {
    Started started = start();

    assertEquals("", started.noise());
    assertTrue(started.origin("courier.Service").contains(SHARED));
    assertTrue(started.origin("org.apache.camel.impl.DefaultCamelContext").contains(SHARED));
    try (SocketioClient client = courier.socketio()) {
      courier.send("{\"from\":\"ann\",\"to\":\"clientB\",\"message\":\"works\"}");
      client.awaitReceived(1);
    }
  }

  @Test
  @Order(3)
  void aJarBuiltAnewStartsWithoutIt() throws Exception {
    Instant built = Instant.now().plus(1, ChronoUnit.MINUTES);
    Files.setLastModifiedTime(jar(), FileTime.from(built));

    Started started = start();

    assertEquals("", started.noise());
    assertFalse(started.origin("courier.Service").contains(SHARED));
  }

  @Test
  @Order(4)
  void startsWithoutWhatTheTrainingLeft() throws Exception {
    String last = CourierProcess.read(options()).strip().replace("\"", "");
    Files.delete(folder.resolve(last.substring(last.lastIndexOf('=') + 1)));

    assertTrue(run("--version").matches("Courier \\S+\\R"));
  }

  @Test
  @Order(5)
  void refusesToTrainWithoutTheOptions() throws Exception {
    Files.delete(options());
    Path out = folder.resolve("refused.log");
    Process process = launch(out, "-jar", "target/courier.jar", "train");

    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it runs");
    assertEquals(1, process.exitValue());
    String refused = CourierProcess.read(out);
    assertTrue(refused.startsWith("courier: There is no target/courier.options"), refused);
    assertEquals(1, refused.lines().count(), refused);
  }

  private static Path jar() {
    return folder.resolve("target/courier.jar");
  }

  private static Path options() {
    return folder.resolve("target/courier.options");
  }

  /** The README's command, to its end. */
  private static String run(String... arguments) throws Exception {
    Path out = folder.resolve("run.log");
    List<String> command = new ArrayList<>(List.of(COMMAND.split(" ")));
    command.remove("java");
    command.addAll(List.of(arguments));
    Process process = launch(out, command.toArray(String[]::new));
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> CourierProcess.read(out));
    assertEquals(0, process.exitValue(), () -> CourierProcess.read(out));
    return CourierProcess.read(out);
  }

  private static Process launch(Path out, String... arguments) {
    return courier.launch(
        courier.java(arguments).redirectErrorStream(true).redirectOutput(out.toFile()));
  }

  /** The README's command, until Courier is ready. */
  private static Started start() {
    Path out = folder.resolve("start.log");
    Path classes = folder.resolve("classes.log");
    Process process =
        launch(
            out,
            "@target/courier.options",
            "-Xlog:class+load:file=" + classes,
            "-jar",
            "target/courier.jar");
    CourierProcess.awaitReady(process, out);
    return new Started(out, classes);
  }

  private record Started(Path out, Path classes) {
    /** What the virtual machine says beside what Courier and its libraries log. */
    String noise() {
      return CourierProcess.read(out)
          .lines()
          .takeWhile(line -> !line.contains("Courier is ready"))
          .filter(line -> !line.matches("|\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"))
          .collect(Collectors.joining("\n"));
    }

    /** Where the virtual machine has a class from. */
    String origin(String name) throws IOException {
      return Files.readAllLines(classes).stream()
          .filter(line -> line.contains(" " + name + " source: "))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no class " + name));
    }
  }
}
