package courier.infra;

import courier.infra.store.DurableBackend;
import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A server that speaks the MongoDB wire protocol and keeps its data in one file, {@code
 * mongodb.mv.db}, so that Courier runs with nothing installed. An acknowledged write survives the
 * death of the process; a power failure may cost the last seconds.
 */
public final class EmbeddedMongo implements EmbeddedServer {
  /** Space is reused only after what replaced its data is on the disk: longer than two syncs. */
  private static final int RETENTION_MILLIS = 3_000;

  private final Path directory;
  private final InetSocketAddress address;
  private MongoServer server;
  private ScheduledExecutorService housekeeping;

  /**
   * @param directory where the data file is, made when it does not exist
   * @param address where to listen
   */
  public EmbeddedMongo(Path directory, InetSocketAddress address) {
    this.directory = directory;
    this.address = address;
  }

  /**
   * Opens the file, then listens. A file that can no longer be written is closed for good.
   *
   * @throws IllegalStateException when another process has the file or the address, or the file is
   *     damaged, saying what to change
   */
  @Override
  public void start(Consumer<String> gaveUp) {
    var backend = new DurableBackend(open(failure -> failed(failure, gaveUp)));
    server = new MongoServer(backend);
    try {
      server.bind(address);
    } catch (Exception e) { // Netty throws the checked BindException undeclared
      server.shutdownNow();
      throw new IllegalStateException(
          "The embedded MongoDB cannot listen on %s:%d (%s). Stop what listens there, or set mongodb.uri to a free port."
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
    housekeeping =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "mongodb-housekeeping");
              thread.setDaemon(true);
              return thread;
            });
    housekeeping.scheduleWithFixedDelay(backend::tidy, 1, 1, TimeUnit.SECONDS);
  }

  private MVStore open(Consumer<Throwable> failed) {
    var file = directory.resolve("mongodb.mv.db");
    try {
      Files.createDirectories(directory);
      // The store itself must never commit: only DurableBackend knows when the maps agree.
      var store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .backgroundExceptionHandler((thread, failure) -> failed.accept(failure))
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MVStoreException e) {
      String problem =
          e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
              ? "Another process uses %s. Stop it, or set data.dir to another directory."
              : "The embedded MongoDB cannot read %s (%s). Put back a copy of it, or move it away to begin with an empty one.";
      throw new IllegalStateException(problem.formatted(file, e.getMessage()));
    }
  }

  private void failed(Throwable failure, Consumer<String> gaveUp) {
    if (server != null) { // or start says what is wrong
      var cause = failure.getCause() == null ? failure : failure.getCause();
      gaveUp.accept(cause.getMessage() + "; " + Shortage.of(directory));
    }
  }

  /** Ends the connections and the commands under way, and closes the file. */
  @Override
  public void close() {
    if (housekeeping != null) {
      housekeeping.shutdown();
    }
    if (server != null) {
      server.shutdownNow();
    }
  }
}
