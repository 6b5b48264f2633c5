package courier;

import courier.command.Addresses;
import courier.command.Commands;
import courier.config.IdentitySettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.config.TlsSettings;
import courier.failure.Reason;
import courier.identity.token.TokenCommand;
import courier.reload.Check;
import courier.reload.RouteFolder;
import courier.training.Train;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
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

  /** The status with which -XX:+ExitOnOutOfMemoryError ends. */
  private static final int OUT_OF_MEMORY = 3;

  @Parameters(paramLabel = "part", description = "kafka, mongodb, client-a, client-b")
  private List<String> named = new ArrayList<>();

  private final long began = System.nanoTime();
  private final Lifetime lifetime = new Lifetime();

  private Courier() {}

  public static void main(String[] arguments) {
    // Kafka makes capitals of names by the machine's language, and i has another one in Turkish;
    // numbers in texts would be written in the digits of some others.
    Locale.setDefault(Locale.ENGLISH);
    Courier courier = new Courier();
    Thread.setDefaultUncaughtExceptionHandler(courier::threadEnded);
    CommandLine line = new CommandLine(courier);
    line.addSubcommand(new Train())
        .addSubcommand(new TokenCommand(() -> IdentitySettings.rules(settings())))
        .addSubcommand(new AskDoctor())
        .addSubcommand(new Check(ServiceBeans.NAMES));
    Commands.all(Courier::addresses).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(courier::explain)
        .setParameterExceptionHandler(Courier::explainUsage);
    int status = line.execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * A thread that nobody looks after. Without memory no other one can be trusted either, and there
   * is none to stop in order: what was acknowledged is safe.
   */
  private void threadEnded(Thread thread, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      System.err.println("courier: out of memory: give Java more of it with -Xmx");
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
    LOG.atLevel(lifetime.isEnding() ? Level.DEBUG : Level.ERROR)
        .setCause(failure)
        .log("The thread {} has ended", thread.getName());
  }

  private int explain(Exception failure, CommandLine command, Object parsed) {
    if (lifetime.isEnding()) {
      return lifetime.status();
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
    requireLogFormat(System.getenv("LOG_FORMAT"));
    List<RouteFolder> folders = RouteFolder.all(Path.of("routes"));
    Settings settings = settings();
    List<Part> parts = new Parts(folders, settings, lifetime::fail).named(named);
    try (Ports ports = new Ports(settings::isOpenToTheNetwork)) {
      parts.forEach(part -> part.claim(ports));
    }
    lifetime.start(parts, settings.drainMillis(), settings.millis("shutdown.timeout"));
    Summary summary = new Summary();
    summary.ready(System.nanoTime() - began);
    parts.forEach(part -> part.describe(summary));
    summary.print(System.out);
    return 0;
  }

  /** Without an appender of that name nothing would be logged at all. */
  private static void requireLogFormat(String format) {
    if (format != null && !Set.of("text", "json").contains(format)) {
      throw new StartupException("LOG_FORMAT is %s: say text or json.".formatted(format));
    }
  }

  private static Settings settings() {
    return Settings.load(Path.of(""), System.getenv());
  }

  /** Where the services are by the settings that are here, or by default. */
  private static Addresses addresses() {
    try {
      Settings here = settings();
      return new Addresses(address(here, "client-a"), address(here, "client-b"));
    } catch (StartupException e) {
      return new Addresses(
          URI.create("http://localhost:3000"), URI.create("http://localhost:3001"));
    }
  }

  private static URI address(Settings settings, String service) {
    int port = settings.port(service + ".http.port");
    return URI.create(TlsSettings.scheme(settings) + "://localhost:" + port);
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Courier " + Courier.class.getPackage().getImplementationVersion()};
    }
  }
}
