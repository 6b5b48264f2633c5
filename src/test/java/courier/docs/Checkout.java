package courier.docs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fresh copy of the checkout, without its tests, and the commands that are given in it. */
final class Checkout implements AutoCloseable {
  private static final List<String> COPIED =
      List.of(
          "src/main",
          "src/generated",
          "routes",
          "docs",
          "pom.xml",
          "application.properties",
          "README.md",
          "CHANGELOG.md",
          "SECURITY.md",
          "LICENSE");

  private final Path folder;
  private final List<Process> running = new ArrayList<>();
  private Path lastLog;

  Checkout(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectory(folder.resolve("src"));
    for (String name : COPIED) {
      copy(Path.of(name));
    }
  }

  private void copy(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(file));
      }
    }
  }

  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Runs a command to its end and gives what it prints. */
  String run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".log");
    launch(command, output).waitFor();
    return read(output);
  }

  /** Starts a command and waits until Courier says that it is ready. */
  Process start(String command) throws IOException {
    Path output = Files.createTempFile(folder, "courier", ".log");
    Process process = launch(command, output);
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> read(output).contains("Courier is ready") || !process.isAlive());
    assertTrue(process.isAlive(), () -> read(output));
    lastLog = output;
    return process;
  }

  /** What was said by what was started last. */
  String said() {
    return read(lastLog);
  }

  /** Starts a command that says something in the end, and gives where. */
  Path launch(String command) throws IOException {
    Path output = Files.createTempFile(folder, "launched", ".log");
    launch(command, output);
    return output;
  }

  private Process launch(String command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // As in all tests: no process here lives so long that the slower compiler would pay.
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    running.add(process);
    return process;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a command and what it started, as Ctrl-C does. */
  void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** Ends all that still runs. */
  @Override
  public void close() {
    running.forEach(this::stop);
  }
}
