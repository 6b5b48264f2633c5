package courier;

import static java.util.regex.Pattern.DOTALL;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README says, word for word, in a fresh copy of the checkout, on the default ports.
 * The tests, which are compiled as this one runs, are not in the copy.
 */
class ReadmeIT {
  private static final String README = CourierProcess.read(Path.of("README.md"));

  @TempDir Path checkout;
  private final List<Process> running = new ArrayList<>();
  private Path lastLog;

  @AfterEach
  void stopAll() {
    running.forEach(this::stop);
  }

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    Files.createDirectory(checkout.resolve("src"));
    for (String name :
        List.of("src/main", "src/generated", "routes", "pom.xml", "application.properties")) {
      copy(Path.of(name));
    }
    List<String> commands = blocks("sh");
    assertEquals(
        "mvn verify", commands.get(1), "this test is part of what the second command runs");

    assertTrue(commands.get(7).contains("-Pchaos"), "a run for a person, not for a test");

    Process courier = start(commands.get(0));
    assertTrue(run(commands.get(2)).contains("202 Accepted"));
    await().until(() -> run(commands.get(3)).contains("\"message\":\"hello\""));
    run(commands.get(4));
    await().atMost(Duration.ofSeconds(20)).until(() -> run(commands.get(5)).contains("`$bad`"));
    assertTrue(run(commands.get(6)).contains("\"state\":\"replayed\""));
    await().until(() -> run(commands.get(3)).contains("\"message\":\"cured\""));
    links().forEach(ReadmeIT::isThere);
    receivesByTheSocketioClient(commands.get(2));
    runsTheJavaRoute();
    stop(courier);

    List<Process> parts = new ArrayList<>();
    for (String part : commands.get(8).split("\n")) {
      parts.add(start(part));
    }
    assertTrue(run(commands.get(2)).contains("202 Accepted"));
    stop(parts.get(3));
    stop(parts.get(2));
    start(
        commands
            .get(9)
            .replace("broker1:9092,broker2:9092", "localhost:9092")
            .replace("//db:", "//localhost:"));
    assertTrue(run(commands.get(2)).contains("202 Accepted"));
    assertEquals(10, commands.size(), "a command in the README that this test does not run");
  }

  @Test
  void showsTheFilterAsItIs() {
    String route = CourierProcess.read(Path.of("routes/client-b/handle-records.camel.yaml"));
    for (String line : blocks("yaml").get(0).split("\n")) {
      assertTrue(route.contains(line.strip().replaceFirst("^- ", "")), line);
    }
  }

  private void receivesByTheSocketioClient(String send) throws IOException {
    Path script = checkout.resolve("target/web/listen.mjs");
    Files.writeString(script, blocks("js").get(0));
    Path output = checkout.resolve("listen.log");
    launch("node target/web/listen.mjs", output);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              run(send);
              return CourierProcess.read(output).contains("clientA clientB hello");
            });
  }

  private void runsTheJavaRoute() throws IOException {
    String route = blocks("java").get(0);
    Files.writeString(checkout.resolve("routes/client-b/Heartbeat.java"), route);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> CourierProcess.read(lastLog).contains("client B is alive"));
  }

  private static List<String> blocks(String language) {
    return all("```" + language + "\n(.*?)\n```");
  }

  private static List<String> links() {
    return all("<(http://localhost:[^>]*)>").stream()
        .map(link -> link.replaceFirst("jolokia$", "jolokia/version"))
        .toList();
  }

  private static List<String> all(String pattern) {
    Matcher matcher = Pattern.compile(pattern, DOTALL).matcher(README);
    List<String> all = new ArrayList<>();
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }

  private static void isThere(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    assertEquals(200, CourierProcess.exchange(request).statusCode(), url);
  }

  /** Runs a command to its end and gives what it prints. */
  private String run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(checkout, "command", ".log");
    launch(command, output).waitFor();
    return CourierProcess.read(output);
  }

  /** Starts a command and waits until Courier says that it is ready. */
  private Process start(String command) throws IOException {
    Path output = Files.createTempFile(checkout, "courier", ".log");
    Process process = launch(command, output);
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> CourierProcess.read(output).contains("Courier is ready") || !process.isAlive());
    assertTrue(process.isAlive(), () -> CourierProcess.read(output));
    lastLog = output;
    return process;
  }

  private Process launch(String command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // As in all tests: no process here lives so long that the slower compiler would pay.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    Process process = builder.start();
    running.add(process);
    return process;
  }

  private void copy(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, checkout.resolve(file));
      }
    }
  }

  /** Ends a command and what it started, as Ctrl-C does. */
  private void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }
}
