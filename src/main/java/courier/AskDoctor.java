package courier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import courier.backend.Backends;
import courier.backend.KafkaClient;
import courier.backend.MongoServer;
import courier.config.KafkaSettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.doctor.Doctor;
import courier.doctor.Finding.Severity;
import courier.doctor.Findings;
import courier.doctor.Patient;
import courier.failure.Access;
import courier.failure.Reason;
import courier.kafka.Kafka;
import courier.mongodb.Mongo;
import courier.mongodb.Unanswered;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Connects as the settings say, and prints what the doctor finds. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Say what would lose data, delay or break, and what mends it.",
    description = {
      "Connects to Kafka and MongoDB as Courier would with these settings, looks at",
      "them, at the settings and at this machine, and changes nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing to mend", "1:something to mend", "2:not all could be looked at"})
final class AskDoctor implements Callable<Integer> {
  private static final int COULD_NOT_LOOK = 2;
  private static final Pattern CLIENT_PROPERTY = Pattern.compile("kafka\\.client\\.[a-z.]*[a-z]");

  @Option(names = "--json", description = "print the findings as JSON")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws JsonProcessingException, InterruptedException {
    if (System.getenv("LOG_LEVEL") == null) {
      // What the libraries warn of is among the findings, and not to be among JSON.
      Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    }
    Findings findings = new Findings();
    try {
      look(Settings.load(Path.of(""), System.getenv()), findings);
    } catch (StartupException e) {
      command.commandLine().getErr().println("courier: " + Reason.of(e));
      return COULD_NOT_LOOK;
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonMapper mapper = JsonMapper.builder().build();
      Map<String, Object> all = Map.of("findings", findings.all());
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } else {
      out.print(findings.text());
    }
    out.flush();
    return findings.exitCode();
  }

  private static void look(Settings settings, Findings findings) throws InterruptedException {
    try (Kafka kafka = kafka(settings, findings);
        MongoClient mongo = mongo(settings, findings)) {
      new Doctor(new Patient(settings, Path.of(""), kafka, mongo, Clock.systemUTC()))
          .look(findings);
    }
  }

  /** Null when it does not let Courier in, or is not there. */
  private static Kafka kafka(Settings settings, Findings findings) throws InterruptedException {
    KafkaClient client = new KafkaClient(KafkaSettings.of(settings));
    Kafka kafka = null;
    try {
      client.awaitAddress(System.nanoTime(), "a moment");
      kafka = client.make();
      kafka.ping();
      return kafka;
    } catch (StartupException e) {
      unreachable("kafka", e.getMessage(), mend(e.getMessage()), findings);
    } catch (ExecutionException e) {
      String nobody = "No Kafka answers at %s.".formatted(client.settings().brokers());
      String why =
          Access.advice(e)
              .map(advice -> advice + ": " + Reason.of(e))
              .orElseGet(() -> nobody + Backends.said(e, client));
      unreachable("kafka", why, mend(why), findings);
      kafka.close();
    }
    return null;
  }

  private static MongoClient mongo(Settings settings, Findings findings) {
    MongoServer server = new MongoServer(settings);
    MongoClient mongo = null;
    try {
      mongo = server.client();
      Mongo.ping(mongo);
      return mongo;
    } catch (StartupException e) {
      unreachable("mongodb", e.getMessage(), "mongodb.uri=mongodb://host:port/courier", findings);
    } catch (MongoException e) {
      String nobody = "No MongoDB answers at %s.".formatted(server.address());
      String why =
          Access.advice(e)
              .map(advice -> advice + ": " + Reason.of(e))
              .orElseGet(() -> nobody + Unanswered.advice(e));
      unreachable("mongodb", why, "mongodb.uri=mongodb://user:...@host:port/courier", findings);
      if (mongo != null) {
        mongo.close();
      }
    }
    return null;
  }

  /** The property that the advice names. */
  private static String mend(String advice) {
    Matcher property = CLIENT_PROPERTY.matcher(advice);
    return property.find() ? property.group() + "=..." : "kafka.brokers=host:port";
  }

  private static void unreachable(String server, String why, String mend, Findings findings) {
    findings.add(
        Severity.BREAKS,
        server + "-unreachable",
        why,
        "Nothing goes on, and the rest was looked at without it.",
        mend);
    findings.couldNotLook();
  }
}
