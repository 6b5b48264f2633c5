package courier.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Parts of Courier in a process of their own, which ends as we like and starts again. */
final class Part implements AutoCloseable {
  private final String name;
  private final Path folder;
  private final Supplier<ProcessBuilder> command;
  private Process process;
  private int starts;

  Part(String name, Path folder, Supplier<ProcessBuilder> command) {
    this.name = name;
    this.folder = folder;
    this.command = command;
  }

  /** Does not wait until it is ready. */
  Part launch() {
    try {
      starts++;
      process = command.get().redirectErrorStream(true).redirectOutput(log().toFile()).start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || said().contains("Courier is ready"));
    if (!process.isAlive()) {
      throw new IllegalStateException(name + " did not start:\n" + said());
    }
  }

  private Path log() {
    return folder.resolve(name + "-" + starts + ".log");
  }

  private String said() throws UncheckedIOException {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** By SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** By SIGTERM. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, SECONDS)) {
        throw new IllegalStateException(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
