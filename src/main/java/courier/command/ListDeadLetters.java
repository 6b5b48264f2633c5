package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists dead letters, what is alike, or one with its bytes. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    header = "List what could not be handled, or show one of them.",
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {
      "0:they are listed",
      "1:refused, or there is none",
      "2:usage",
      "3:nobody answers"
    })
final class ListDeadLetters extends RemoteCommand {
  private static final int PAGE = 100;

  @Parameters(arity = "0..1", paramLabel = "id", description = "one, with its bytes and history")
  private String id;

  @Option(names = "--groups", description = "what failed in the same step for the same reason")
  private boolean groups;

  @Option(names = "--state", description = "those in this state, such as failed")
  private String state;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "those with this text in value, key, headers, reason or notes")
  private String search;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "all of them, byte for byte, as lines to this new file, or to the output (-)")
  private String export;

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "N",
      description = "how many at most, ${DEFAULT-VALUE} if not said")
  private int limit;

  @Mixin private Selection selection = new Selection();

  ListDeadLetters(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    if (id != null) {
      JsonNode letter = api.get(clientB("/dead-letters/" + encoded(id))).json();
      out().println(remote.json() ? letter.toString() : letter.toPrettyString());
      return 0;
    }
    String query =
        selection.query()
            + (state == null ? "" : "&state=" + encoded(state))
            + (search == null || groups ? "" : "&q=" + encoded(search));
    if (export != null) {
      return export(api, clientB("/dead-letters/export?" + query));
    }
    if (groups) {
      api.get(clientB("/dead-letter-groups?" + query))
          .json()
          .forEach(group -> print(group, group(group)));
      return 0;
    }
    int left = limit;
    Optional<URI> page =
        Optional.of(clientB("/dead-letters?limit=" + Math.min(PAGE, limit) + query));
    while (page.isPresent() && left > 0) {
      Api.Answer answer = api.get(page.get());
      for (JsonNode letter : answer.json()) {
        if (left-- > 0) {
          print(letter, letter(letter));
        }
      }
      page = answer.next();
    }
    return 0;
  }

  private int export(Api api, URI address) throws Unsuccessful {
    if (search != null || groups) {
      throw new Unsuccessful(
          Unsuccessful.USAGE, "What is exported is selected without --search and --groups.");
    }
    try (OutputStream file =
        export.equals("-")
            ? new FileOutputStream(FileDescriptor.out)
            : Files.newOutputStream(Path.of(export), StandardOpenOption.CREATE_NEW)) {
      api.copy(address, file);
      return 0;
    } catch (IOException e) {
      throw new Unsuccessful(
          Unsuccessful.REFUSED, "%s cannot be written (%s).".formatted(export, e));
    }
  }

  private void print(JsonNode json, String line) {
    out().println(remote.json() ? json.toString() : Shown.text(line));
  }

  private static String letter(JsonNode letter) {
    return "%s  %-9s  %s  %s: %s"
        .formatted(
            letter.path("failedAt").asText(),
            letter.path("state").asText(),
            letter.path("_id").asText(),
            letter.path("reason").asText(),
            letter.path("message").asText());
  }

  private static String group(JsonNode group) {
    return "%s  %6d  %s: %s"
        .formatted(
            group.path("group").asText(),
            group.path("count").asLong(),
            group.path("reason").asText(),
            group.path("message").asText());
  }
}
