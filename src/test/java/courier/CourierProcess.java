package courier;

import static org.awaitility.Awaitility.await;

import courier.socketio.SocketioClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Courier as a user runs it: {@code java -jar target/courier.jar} in a folder with the routes and
 * application.properties of this checkout, on ports of its own.
 */
public final class CourierProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  static final Path JAR = Path.of("target/courier.jar").toAbsolutePath();

  public final Path folder;
  private final Map<String, String> environment;
  private final List<Process> processes = new ArrayList<>();
  private final Map<String, Process> parts = new HashMap<>();

  /** A fresh copy of the routes and the configuration, in a folder without any data. */
  public CourierProcess(Path folder) {
    this.folder = folder;
    this.environment = freePorts();
    copy(Path.of("routes"));
    copy(Path.of("application.properties"));
  }

  private void copy(Path source) {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> freePorts() {
    Map<String, String> environment = new HashMap<>();
    for (String port : List.of("A_HTTP", "A_MANAGEMENT", "B_HTTP", "B_MANAGEMENT", "B_SOCKETIO")) {
      environment.put("CLIENT_" + port + "_PORT", String.valueOf(FreePort.next()));
    }
    environment.put("KAFKA_BROKERS", "localhost:" + FreePort.next());
    environment.put("MONGODB_URI", "mongodb://localhost:" + FreePort.next() + "/courier");
    return environment;
  }

  public CourierProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CourierProcess without(String variable) {
    environment.remove(variable);
    return this;
  }

  public String variable(String name) {
    return environment.get(name);
  }

  /** Starts the parts in one process and waits until they say that they are ready. */
  Process start(String... parts) {
    Path log = folder.resolve("courier-" + processes.size() + ".log");
    Process process = launch(log, parts);
    awaitReady(process, log);
    return process;
  }

  /** Starts each part that does not run in a process of its own, and waits for all of them. */
  void startApart(String... names) {
    for (String name : names) {
      if (!parts.containsKey(name) || !parts.get(name).isAlive()) {
        parts.put(name, launch(log(name), name));
      }
    }
    for (String name : names) {
      awaitReady(parts.get(name), log(name));
    }
  }

  static void awaitReady(Process process, Path log) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> read(log).contains("Courier is ready") || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("Courier did not start:\n" + read(log));
    }
  }

  /** The process of a part that was started apart. */
  Process part(String name) {
    return parts.get(name);
  }

  /** What a part that was started apart says, since its last start. */
  Path log(String part) {
    return folder.resolve(part + ".log");
  }

  /** Starts the parts and does not wait. */
  Process launch(Path log, String... parts) {
    return launch(command(parts).redirectErrorStream(true).redirectOutput(log.toFile()));
  }

  /** The command that starts the parts, to be changed before it is launched. */
  public ProcessBuilder command(String... parts) {
    ProcessBuilder builder = java(ClassArchive.option(), "-jar", JAR.toString());
    builder.command().addAll(List.of(parts));
    return builder;
  }

  /** Java with these arguments, in the folder and the environment of this Courier. */
  ProcessBuilder java(String... arguments) {
    // Its fastest compiler is the best one for a process that does not live long.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  Process launch(ProcessBuilder command) {
    try {
      Process process = command.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String clientA() {
    return "http://localhost:" + environment.get("CLIENT_A_HTTP_PORT");
  }

  public String clientB() {
    return "http://localhost:" + environment.get("CLIENT_B_HTTP_PORT");
  }

  String managementA() {
    return "http://localhost:" + environment.get("CLIENT_A_MANAGEMENT_PORT") + "/observe";
  }

  String managementB() {
    return "http://localhost:" + environment.get("CLIENT_B_MANAGEMENT_PORT") + "/observe";
  }

  public String brokers() {
    return environment.get("KAFKA_BROKERS");
  }

  /** Posts a message to client A. */
  HttpResponse<String> send(String json) {
    return exchange(post(json));
  }

  /** A message to client A, to be sent. */
  public HttpRequest.Builder post(String json) {
    return HttpRequest.newBuilder(URI.create(clientA() + "/send-message"))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  HttpResponse<String> get(String url) {
    return exchange(HttpRequest.newBuilder(URI.create(url)));
  }

  static HttpResponse<String> exchange(HttpRequest.Builder request) {
    return exchange(request, Duration.ofSeconds(20));
  }

  /** Fails when there is no answer in time. */
  public static HttpResponse<String> exchange(HttpRequest.Builder request, Duration atMost) {
    try {
      return HTTP.send(request.timeout(atMost).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A stock client on client B's own port. */
  SocketioClient socketio() {
    return SocketioClient.connect(Integer.parseInt(environment.get("CLIENT_B_HTTP_PORT")), "/");
  }

  /** Ends a process as Ctrl-C does, and waits for it. */
  static void stop(Process process) {
    process.destroy();
    end(process);
  }

  /** Ends a process by SIGKILL, and waits for it. */
  static void kill(Process process) {
    process.destroyForcibly();
    end(process);
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Courier did not stop within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    processes.stream().filter(Process::isAlive).forEach(CourierProcess::kill);
  }
}
