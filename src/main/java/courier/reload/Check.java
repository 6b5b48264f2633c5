package courier.reload;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.check.source.Finding;
import courier.config.Settings;
import courier.config.StartupException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks route files without Kafka, MongoDB or anything that runs. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Find the mistakes in route files.",
    description = {
      "Says of each mistake its file and line, what is wrong, and the line to write.",
      "Nothing is started. Ends with 0 if there is none, 1 if there are, 2 if it cannot look."
    })
public final class Check implements Callable<Integer> {
  private static final int CANNOT_LOOK = 2;

  @Parameters(
      paramLabel = "folder or file",
      defaultValue = "routes",
      description = "what to check, ${DEFAULT-VALUE} if not said")
  private List<Path> targets = List.of();

  @Option(names = "--json", description = "as JSON, for other programs")
  private boolean json;

  @Spec private CommandSpec command;

  private final List<String> beans;

  /**
   * @param beans the names of those that each service has
   */
  public Check(List<String> beans) {
    this.beans = beans;
  }

  @Override
  public Integer call() throws Exception {
    Set<Finding> findings = new LinkedHashSet<>();
    Set<Path> files = new LinkedHashSet<>();
    try {
      Settings settings = Settings.load(Path.of(""), System.getenv());
      for (Map.Entry<RouteFolder, Set<Path>> some : Checked.of(targets).entrySet()) {
        try (OfflineService service = new OfflineService(some.getKey(), settings, beans)) {
          findings.addAll(service.check(some.getValue()));
        }
        files.addAll(some.getValue());
      }
    } catch (StartupException e) {
      command.commandLine().getErr().println("courier: " + e.getMessage());
      return CANNOT_LOOK;
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(json(files, findings));
    } else {
      findings.forEach(out::println);
      out.printf("%s, %s.%n", count(files.size(), "file"), summary(findings));
    }
    out.flush();
    return findings.stream().anyMatch(Finding::isError) ? 1 : 0;
  }

  private static String summary(Set<Finding> findings) {
    long errors = findings.stream().filter(Finding::isError).count();
    return count(errors, "error") + ", " + count(findings.size() - errors, "warning");
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String json(Set<Path> files, Set<Finding> findings) {
    ObjectNode answer = new JsonMapper().createObjectNode();
    answer.put("files", files.size());
    var list = answer.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("file", finding.file().toString())
          .put("line", finding.line())
          .put("level", finding.level().word())
          .put("rule", finding.rule())
          .put("message", finding.message())
          .put("write", finding.write());
    }
    return answer.toPrettyString();
  }
}
