package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what is known of a message. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    header = "Tell what is known of a message, from the log to where it is now.",
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {"0:it is known", "1:nothing is known", "2:usage", "3:nobody answers"})
final class TraceMessage extends RemoteCommand {
  @Parameters(paramLabel = "id", description = "of the message")
  private String id;

  TraceMessage(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    JsonNode trace = api.get(clientB("/messages/" + encoded(id) + "/trace")).json();
    if (remote.json()) {
      out().println(trace);
      return 0;
    }
    for (JsonNode event : trace.path("events")) {
      out().println(line(event));
    }
    out().println("It is " + Shown.text(trace.path("state").asText()) + ".");
    return 0;
  }

  private static String line(JsonNode event) {
    StringBuilder line = new StringBuilder();
    line.append("%-24s  %s".formatted(event.path("at").asText(), event.path("event").asText()));
    if (event.path("topic").isTextual()) {
      line.append(
          " in %s, partition %s, offset %s"
              .formatted(
                  event.path("topic").asText(), event.path("partition"), event.path("offset")));
    }
    if (event.has("by")) {
      line.append(" by ").append(event.path("by").asText());
    }
    if (event.has("detail")) {
      line.append(": ").append(event.path("detail").asText());
    }
    return Shown.text(line.toString());
  }
}
