package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the service that runs what a route file would do otherwise. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    header = "Try a route file on the last messages, without any effect.",
    description = {
      "Asks the service that runs, which handles its last messages once as it is and once with",
      "this file, stores and sends nothing, and says where the file would do something else."
    },
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {
      "0:all would end the same",
      "1:it was refused",
      "2:usage",
      "3:nobody answers",
      "4:some would end otherwise"
    })
final class TryRoute extends RemoteCommand {
  private static final int OTHERWISE = 4;

  @Parameters(paramLabel = "file", description = "as routes/client-b/handle-records.camel.yaml")
  private Path file;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "100",
      description = "so many messages; else ${DEFAULT-VALUE}")
  private int last;

  @Option(
      names = "--service",
      paramLabel = "URL",
      description = "where the service is; else client A or B, by the folder of the file")
  private URI service;

  TryRoute(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    String path = "/routes/%s/shadow?limit=%d".formatted(encoded(name(file)), last);
    JsonNode said = api.tryText(at(service(), path), "application/yaml", text()).json();
    if (remote.json()) {
      out().println(said);
    } else {
      print(said);
    }
    return said.path("different").intValue() == 0 ? 0 : OTHERWISE;
  }

  private URI service() {
    if (service != null) {
      return service;
    }
    Path folder = file.toAbsolutePath().getParent();
    return name(folder).equals("client-a") ? remote.clientA() : remote.clientB();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private byte[] text() throws Unsuccessful {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unsuccessful(Unsuccessful.USAGE, "Cannot read %s: %s".formatted(file, e));
    }
  }

  private void print(JsonNode said) {
    out()
        .printf(
            "%d messages of %s, %d would end otherwise.%n",
            said.path("records").intValue(),
            said.path("topic").textValue(),
            said.path("different").intValue());
    out().printf("  runs now:  %s%n", said.path("running"));
    out().printf("  this file: %s%n", said.path("candidate"));
    for (JsonNode each : said.path("differences")) {
      out().printf("%d-%d%n", each.path("partition").intValue(), each.path("offset").longValue());
      each.path("running").forEach(line -> print("-", line));
      each.path("candidate").forEach(line -> print("+", line));
    }
  }

  private void print(String sign, JsonNode line) {
    out().printf("  %s %s%n", sign, Shown.text(line.asText()));
  }
}
