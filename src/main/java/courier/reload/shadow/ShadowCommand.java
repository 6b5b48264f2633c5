package courier.reload.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.config.Settings;
import courier.config.StartupException;
import courier.config.TlsSettings;
import courier.reload.RouteFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the service that runs what a route file would do otherwise. */
@Command(
    name = "shadow",
    mixinStandardHelpOptions = true,
    header = "Try a route file on the last messages, without any effect.",
    description = {
      "Asks the service that runs, which handles its last messages once as it is and once with",
      "this file, stores and sends nothing, and says where the file would do something else.",
      "Ends with 0 if it would do the same, 1 if not, 2 if it cannot be asked."
    })
public final class ShadowCommand implements Callable<Integer> {
  private static final int CANNOT_ASK = 2;

  @Parameters(paramLabel = "file", description = "as routes/client-b/handle-records.camel.yaml")
  private Path file;

  @Option(names = "--last", defaultValue = "100", description = "messages, ${DEFAULT-VALUE}")
  private int last;

  @Option(names = "--service", description = "whose file it is; else by the folder it is in")
  private String service;

  @Option(names = "--url", description = "where that is, such as http://localhost:3001")
  private String url;

  @Option(names = "--token", paramLabel = "file", description = "with an operator's token")
  private Path token;

  @Option(names = "--json", description = "as JSON, for other programs")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws Exception {
    HttpResponse<String> answer;
    try {
      answer = ask(RouteFolder.text(file));
    } catch (StartupException e) {
      return refuse(e.getMessage());
    } catch (IOException e) {
      return refuse("Nobody answers at " + url + ": start Courier, or say --url.");
    }
    JsonNode said = new JsonMapper().readTree(answer.body());
    if (answer.statusCode() != 200) {
      return refuse(said.path("detail").asText("It answered " + answer.statusCode()));
    }
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(said.toPrettyString());
    } else {
      print(said, out);
    }
    out.flush();
    return said.path("different").intValue() == 0 ? 0 : 1;
  }

  private int refuse(String why) {
    command.commandLine().getErr().println("courier: " + why);
    return CANNOT_ASK;
  }

  private HttpResponse<String> ask(String text) throws IOException, InterruptedException {
    String name = file.getFileName().toString();
    URI uri = URI.create("%s/routes/%s/shadow?limit=%d".formatted(address(), name, last));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMinutes(2))
            .header("content-type", "application/yaml")
            .POST(BodyPublishers.ofString(text));
    if (token != null) {
      request.header("authorization", "Bearer " + Files.readString(token).strip());
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private String address() {
    if (url == null) {
      Settings settings = Settings.load(Path.of(""), System.getenv());
      String of = service == null ? folder() : service;
      if (!settings.has(of + ".http.port")) {
        throw new StartupException(
            "Whose file %s is cannot be told: say --service client-b.".formatted(file));
      }
      url = TlsSettings.scheme(settings) + "://localhost:" + settings.port(of + ".http.port");
    }
    return url;
  }

  private String folder() {
    return file.toAbsolutePath().getParent().getFileName().toString();
  }

  private static void print(JsonNode said, PrintWriter out) {
    out.printf(
        "%d messages of %s, %d would end otherwise.%n",
        said.path("records").intValue(),
        said.path("topic").textValue(),
        said.path("different").intValue());
    out.printf("  runs now:  %s%n", said.path("running"));
    out.printf("  this file: %s%n", said.path("candidate"));
    for (JsonNode each : said.path("differences")) {
      out.printf("%d-%d%n", each.path("partition").intValue(), each.path("offset").longValue());
      each.path("running").forEach(line -> out.printf("  - %s%n", line.textValue()));
      each.path("candidate").forEach(line -> out.printf("  + %s%n", line.textValue()));
    }
  }
}
