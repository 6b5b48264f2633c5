package courier.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.reload.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A copy of Courier's own route files, and what the command says of it. */
final class CheckedRoutes {
  private final Path routes;

  /**
   * @param rule its id
   * @param write the line to write
   */
  record Said(String file, int line, String rule, String write) {}

  CheckedRoutes(Path folder) throws IOException {
    routes = folder.resolve("routes");
    Path from = Path.of("routes");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(from.relativize(file).toString()));
      }
    }
  }

  Path file(String name) {
    return routes.resolve(name);
  }

  /** Writes something else where this is, the first time that it is. */
  void plant(String name, String right, String wrong) throws IOException {
    String text = Files.readString(file(name));
    assertTrue(text.contains(right), right);
    int at = text.indexOf(right);
    Files.writeString(
        file(name), text.substring(0, at) + wrong + text.substring(at + right.length()));
  }

  /** The first line that has this, from 1 on. */
  int line(String name, String text) throws IOException {
    List<String> lines = Files.readAllLines(file(name));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i + 1;
      }
    }
    throw new AssertionError(name + " has no " + text);
  }

  String line(String name, int number) throws IOException {
    return Files.readAllLines(file(name)).get(number - 1);
  }

  /** The errors that are found in all of it. */
  List<Said> errors() throws IOException {
    return errors(routes.toString());
  }

  List<Said> errors(String target) throws IOException {
    JsonNode answer = new JsonMapper().readTree(run(target, "--json"));
    return answer
        .get("findings")
        .valueStream()
        .filter(finding -> finding.get("level").textValue().equals("error"))
        .map(
            finding ->
                new Said(
                    routes.relativize(Path.of(finding.get("file").textValue())).toString(),
                    finding.get("line").intValue(),
                    finding.get("rule").textValue(),
                    finding.get("write").textValue()))
        .toList();
  }

  /** What the command prints. */
  static String run(String... arguments) {
    StringWriter out = new StringWriter();
    command(out).execute(arguments);
    return out.toString();
  }

  static int status(String... arguments) {
    return command(new StringWriter()).execute(arguments);
  }

  private static CommandLine command(StringWriter out) {
    List<String> beans =
        List.of(
            "kafka",
            "mongo",
            "long-answers",
            "progress",
            "access",
            "revocations",
            "saves",
            "doctor");
    return new CommandLine(new Check(beans))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out));
  }
}
