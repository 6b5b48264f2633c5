package courier.chaos.ledger;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Everything that was done and seen, a line each in the order of its time, never changed. */
public final class Ledger implements AutoCloseable {
  private final Path file;
  private final BufferedWriter lines;
  private final long began = System.nanoTime();
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  public Ledger(Path file) {
    this.file = file;
    try {
      lines = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new HarnessFault("no ledger", e);
    }
  }

  public synchronized void write(String who, What what, String id, String detail) {
    try {
      lines.write(new Entry(now(), who, what, id, detail) + "\n");
    } catch (IOException e) {
      broken(e);
    }
  }

  public long now() {
    return NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** Remembers that a thread of the harness failed. */
  void broken(Throwable failure) {
    broken.compareAndSet(null, failure);
  }

  /** A task of the harness, whose failure must not go unseen. */
  public Runnable guard(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        broken(e);
      }
    };
  }

  /**
   * What was written until now, as it is in the file.
   *
   * @throws HarnessFault when something of the harness failed
   */
  public synchronized List<Entry> read() {
    check();
    try {
      lines.flush();
      try (Stream<String> written = Files.lines(file)) {
        return written.map(Entry::parse).toList();
      }
    } catch (IOException e) {
      throw new HarnessFault("the ledger cannot be read", e);
    }
  }

  public void check() {
    Throwable failure = broken.get();
    if (failure != null) {
      throw new HarnessFault("the harness failed: " + failure, failure);
    }
  }

  @Override
  public synchronized void close() {
    try {
      lines.close();
    } catch (IOException e) {
      broken(e);
    }
  }
}
