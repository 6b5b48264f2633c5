package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends dead letters to their topic once more, and waits until it is known how far that got. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    header = "Send dead letters to their topic once more.",
    description = "One or more by their ids, or those that are selected; waits until all are sent.",
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {
      "0:all were sent",
      "1:some failed again, or it was refused",
      "2:usage",
      "3:nobody answers"
    })
final class Replay extends RemoteCommand {
  private static final Set<String> ENDED = Set.of("done", "stopped");

  @Parameters(arity = "0..*", paramLabel = "id", description = "of a dead letter")
  private List<String> ids = List.of();

  @Mixin private Selection selection = new Selection();

  @Option(names = "--rate", paramLabel = "N", description = "how many in a second; else 100")
  private Integer rate;

  @Option(
      names = "--steps",
      paramLabel = "N",
      split = ",",
      description = "in steps of so many, such as 1,5,25, and then the rest, if they do well")
  private List<Integer> steps = List.of();

  @Option(
      names = "--max-failed-share",
      paramLabel = "SHARE",
      description = "how much of them may have failed again after a step; else 0.1")
  private Double maxFailedShare;

  @Option(names = "--by", paramLabel = "NAME", description = "who does it, where nobody is asked")
  private String by;

  Replay(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    if (ids.isEmpty() == selection.isEmpty()) {
      throw new Unsuccessful(
          Unsuccessful.USAGE, "Say which ones: by their ids, or by --group, --reason and so on.");
    }
    return ids.size() == 1 ? one(api) : many(api);
  }

  private int one(Api api) throws Unsuccessful {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (by != null) {
      body.put("by", by);
    }
    JsonNode letter =
        api.post(clientB("/dead-letters/" + encoded(ids.get(0)) + "/replay"), body).json();
    out().println(remote.json() ? letter.toString() : Shown.text(ids.get(0)) + " is replayed.");
    return 0;
  }

  private int many(Api api) throws Unsuccessful {
    ObjectNode body = selection.json();
    ids.forEach(body.withArray("ids")::add);
    if (ids.isEmpty()) {
      body.remove("ids");
    }
    if (rate != null) {
      body.put("rate", rate);
    }
    steps.forEach(body.withArray("steps")::add);
    if (steps.isEmpty()) {
      body.remove("steps");
    }
    if (maxFailedShare != null) {
      body.put("maxFailedShare", maxFailedShare);
    }
    if (by != null) {
      body.put("by", by);
    }
    JsonNode replay = api.post(clientB("/dead-letter-replays"), body).json();
    Progress progress = new Progress("sent");
    try {
      while (!ENDED.contains(replay.path("state").asText())) {
        pause(1);
        replay = api.get(clientB("/dead-letter-replays/" + replay.path("_id").asText())).json();
        long all = replay.path("total").asLong();
        progress.at(all - replay.path("queued").asLong(), all);
      }
    } finally {
      progress.end();
    }
    out().println(remote.json() ? replay.toString() : Shown.text(outcome(replay)));
    boolean well =
        replay.path("state").asText().equals("done") && replay.path("failed").asLong() == 0;
    return well ? 0 : Unsuccessful.REFUSED;
  }

  private static String outcome(JsonNode replay) {
    return "%s: %d replayed, %d failed again, %d discarded.%s"
        .formatted(
            replay.path("state").asText(),
            replay.path("replayed").asLong(),
            replay.path("failed").asLong(),
            replay.path("discarded").asLong(),
            replay.path("detail").isTextual() ? " " + replay.path("detail").asText() : "");
  }
}
