package courier.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Courier in a process of its own, with its routes, but addresses and data that nobody else has.
 */
final class Trainee implements AutoCloseable {
  /** To stop, and then to write down what was learnt; on a slow machine. */
  private static final int STOP_MINUTES = 10;

  private static final int LAST_LINES = 10;

  private final Addresses addresses = Addresses.free();
  private final Path data = Files.createTempDirectory("courier-training-");
  private final Path log = data.resolve("courier.log");
  private final Process process;

  private Trainee(List<String> recording, OptionsFile options) throws IOException {
    List<String> command = new ArrayList<>(List.of(program("java"), "@" + options));
    command.addAll(recording);
    command.addAll(List.of("-jar", options.jar().toString()));
    // Not what else is in routes/: who knows what it does, and to whom.
    command.addAll(List.of("kafka", "mongodb", "client-a", "client-b"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(addresses.environment());
    builder.environment().put("CLIENT_B_NAME", "anna,bert");
    builder.environment().put("DATA_DIR", data.toString());
    // Whatever application.properties says of a Kafka elsewhere.
    builder.environment().put("KAFKA_CLIENT_SECURITY_PROTOCOL", "PLAINTEXT");
    builder.environment().put("TLS_CERTIFICATE", "none");
    forgetFiles(builder.environment());
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Of the variables of who starts the training, those that would say the same by a file. */
  private static void forgetFiles(Map<String, String> environment) {
    List.copyOf(environment.keySet()).forEach(name -> environment.remove(name + "_FILE"));
  }

  /**
   * Starts it; it need not be ready yet.
   *
   * @param recording the options by which it keeps what it learns
   */
  static Trainee start(List<String> recording, OptionsFile options) throws IOException {
    return new Trainee(recording, options);
  }

  /** Of the Java that runs this. */
  private static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  Addresses addresses() {
    return addresses;
  }

  /** Fails when it has ended, with what it said last. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("Courier has ended by itself:\n" + lastLines());
    }
  }

  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Has its virtual machine do something, and waits until that is done. */
  void jcmd(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program("jcmd"), String.valueOf(process.pid())));
    command.addAll(List.of(words));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start()
        .waitFor();
  }

  /** Ends it as Ctrl-C does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Courier does not stop:\n" + lastLines());
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
