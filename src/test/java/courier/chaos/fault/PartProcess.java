package courier.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;

import courier.chaos.ledger.HarnessFault;
import courier.chaos.ledger.Ledger;
import courier.chaos.ledger.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A part in a process of its own, that is killed and paused, and started again. */
public final class PartProcess implements AutoCloseable {
  /** Longer than any fault that a start may fall into. */
  private static final Duration READY = Duration.ofSeconds(120);

  private final String name;
  private final Supplier<ProcessBuilder> command;
  private final Path log;
  private final Ledger ledger;
  private volatile Process process;

  /** The process whose end is our doing. */
  private volatile Process condemned;

  PartProcess(String name, Supplier<ProcessBuilder> command, Path log, Ledger ledger) {
    this.name = name;
    this.command = command;
    this.log = log;
    this.ledger = ledger;
  }

  /**
   * Starts it unless it runs, and waits until it says that it is ready. One that ends instead is
   * started again for as long as a part may take.
   */
  public void start() {
    long deadline = System.nanoTime() + READY.toNanos();
    while (!isAlive()) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || !isReadyWithin(Duration.ofNanos(left))) {
        ledger.write(name, What.NOT_READY, null, "not ready within " + READY.toSeconds() + " s");
        return;
      }
    }
  }

  private boolean isReadyWithin(Duration atMost) {
    long began = ledger.now();
    long from = launch();
    try {
      Awaitility.await()
          .atMost(atMost)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !isAlive() || said(from).contains("Courier is ready"));
    } catch (ConditionTimeoutException e) {
      return false;
    }
    if (said(from).contains("Courier is ready")) {
      ledger.write(name, What.READY, null, (ledger.now() - began) + " ms after its start");
    } else if (said(from).contains("Cannot listen on")) {
      throw new HarnessFault(name + " has lost its port: " + said(from), null);
    }
    return true;
  }

  /** Returns where in its log it begins. */
  private long launch() {
    try {
      Files.writeString(log, "== " + ledger.now() + " ms: start\n", CREATE, APPEND);
      long from = Files.size(log);
      ProcessBuilder.Redirect append = ProcessBuilder.Redirect.appendTo(log.toFile());
      process = command.get().redirectErrorStream(true).redirectOutput(append).start();
      process.onExit().thenAccept(ended -> ended(ended, from));
      return from;
    } catch (IOException e) {
      throw new HarnessFault(name + " cannot be launched", e);
    }
  }

  private void ended(Process ended, long from) {
    if (ended != condemned && !said(from).contains(RouteSaves.BROKEN)) {
      ledger.write(
          name, What.DIED, null, "exit " + ended.exitValue() + ", see " + log.getFileName());
    }
  }

  private String said(long from) {
    try {
      byte[] all = Files.readAllBytes(log);
      return new String(all, (int) from, all.length - (int) from, UTF_8);
    } catch (IOException e) {
      throw new HarnessFault("no log of " + name, e);
    }
  }

  private boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** By SIGKILL. */
  public void kill() {
    condemned = process;
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, SECONDS)) {
        throw new HarnessFault(name + " cannot be killed", null);
      }
    } catch (InterruptedException e) {
      throw new HarnessFault("interrupted", e);
    }
  }

  /** By SIGSTOP, until {@link #resume}. */
  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, "" + process.pid()).start();
      if (!kill.waitFor(10, SECONDS) || kill.exitValue() != 0 && isAlive()) {
        throw new HarnessFault("kill " + signal + " " + name + " failed", null);
      }
    } catch (IOException | InterruptedException e) {
      throw new HarnessFault("kill " + signal + " " + name + " failed", e);
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
