package courier;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Starts the named parts of Courier in this process; none named is all of them. */
@Command(
    name = "courier",
    mixinStandardHelpOptions = true,
    versionProvider = Courier.Version.class,
    description = "Client-to-client messaging: HTTP to Kafka, Kafka to MongoDB and Socket.IO.",
    footer = {
      "",
      "Run it in the folder that has application.properties and routes/.",
      "Each folder in routes/ is a part too. None named: all run in one process."
    })
public final class Courier implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  @Parameters(paramLabel = "part", description = "kafka, mongodb, client-a, client-b")
  private List<String> named = new ArrayList<>();

  private final long began = System.nanoTime();
  private final Deque<Part> running = new ArrayDeque<>();

  private volatile Part starting;
  private volatile boolean stopping;

  private Courier() {}

  public static void main(String[] arguments) {
    int status =
        new CommandLine(new Courier())
            .setExecutionExceptionHandler(Courier::explain)
            .setParameterExceptionHandler(Courier::explainUsage)
            .execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int explain(Exception failure, CommandLine command, Object parsed) {
    Courier courier = command.getCommand();
    if (courier.stopping) {
      return 130;
    }
    LOG.debug("Courier does not start", failure);
    command.getErr().println("courier: " + Reason.of(failure));
    return 1;
  }

  private static int explainUsage(ParameterException mistake, String[] arguments) {
    mistake
        .getCommandLine()
        .getErr()
        .println("courier: " + Reason.of(mistake) + " (courier --help lists what there is)");
    return 2;
  }

  @Override
  public Integer call() throws Exception {
    Thread starter = Thread.currentThread();
    List<RouteFolder> folders = RouteFolder.all(Path.of("routes"));
    Settings settings = Settings.load(Path.of(""), System.getenv());
    List<Part> parts = new Parts(folders, settings).named(named);
    try (Ports ports = new Ports()) {
      parts.forEach(part -> part.claim(ports));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(starter), "stop"));
    for (Part part : parts) {
      synchronized (running) {
        running.push(part);
        starting = part;
        part.start();
      }
    }
    Summary summary = new Summary(System.out);
    summary.ready(System.nanoTime() - began);
    parts.forEach(part -> part.describe(summary));
    return 0;
  }

  /** Stops what runs, last started first. */
  private void stop(Thread starter) {
    stopping = true;
    if (starting instanceof Service) {
      // It may wait for a server that is not there; the embedded ones take no interrupt in a write.
      starter.interrupt();
    }
    synchronized (running) {
      running.forEach(
          part -> {
            try {
              part.close();
            } catch (RuntimeException e) {
              LOG.warn("{} did not stop cleanly: {}", part.name(), Reason.of(e));
            }
          });
    }
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Courier " + Courier.class.getPackage().getImplementationVersion()};
    }
  }
}
