package courier.live;

import courier.fixture.CourierProcess;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Parts of Courier in a process of their own, which ends as we like and starts again. */
final class Part implements AutoCloseable {
  private final String name;
  private final CourierProcess courier;
  private final Supplier<ProcessBuilder> command;
  private Process process;
  private int starts;

  Part(String name, CourierProcess courier, Supplier<ProcessBuilder> command) {
    this.name = name;
    this.courier = courier;
    this.command = command;
  }

  /** Does not wait until it is ready. */
  Part launch() {
    starts++;
    process =
        courier.launch(command.get().redirectErrorStream(true).redirectOutput(log().toFile()));
    return this;
  }

  void awaitReady() {
    CourierProcess.awaitReady(process, log());
  }

  /** What it has said since its last start. */
  String said() {
    return CourierProcess.read(log());
  }

  private Path log() {
    return courier.log(name + "-" + starts);
  }

  long pid() {
    return process.pid();
  }

  /** By SIGKILL. */
  void kill() {
    CourierProcess.kill(process);
  }

  /** By SIGTERM. */
  void stop() {
    CourierProcess.stop(process);
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
