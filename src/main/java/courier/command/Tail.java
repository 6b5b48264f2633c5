package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints messages as they are stored. By Socket.IO, as only that tells them at once, in their
 * order, and after an outage from where it was; a list that is polled does neither.
 */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    header = "Print messages as they come.",
    description = {
      "Prints what is for somebody as soon as it is stored, and after an outage goes on",
      "where it was, so that nothing is missing or there twice."
    },
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {
      "0:--count was reached",
      "1:refused",
      "2:usage",
      "3:nobody answers at the start"
    })
final class Tail extends RemoteCommand {
  private static final int LONGEST_PAUSE = 10;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "for whom; else the first of client-b.name, or whose token it is")
  private String name;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description =
          "the id of a message, or a position, to go on from; else what comes from now on")
  private String after;

  @Option(names = "--count", paramLabel = "N", description = "end after so many")
  private Long count;

  Tail(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    long left = count == null ? Long.MAX_VALUE : count;
    boolean connected = false;
    for (int pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try (Socket socket = Socket.open(clientB(""), auth())) {
        connected = true;
        pause = 1;
        for (JsonNode event = socket.next(); !event.isMissingNode(); event = socket.next()) {
          left -= print(event);
          if (left <= 0) {
            return 0;
          }
        }
      } catch (Unsuccessful e) {
        if (!connected || e.status() == Unsuccessful.REFUSED) {
          throw e;
        }
      }
      say("courier: the connection is lost, and tried again in %d s.".formatted(pause));
      pause(pause);
    }
  }

  private ObjectNode auth() throws Unsuccessful {
    ObjectNode auth = JsonNodeFactory.instance.objectNode();
    if (name != null) {
      auth.put("clientId", name);
    }
    if (remote.token() != null) {
      auth.put("token", remote.token());
    }
    if (after != null) {
      auth.put("after", after);
    }
    return auth;
  }

  /** How many messages it is. */
  private int print(JsonNode event) {
    if (!event.path(0).asText().equals("newMessage")) {
      return 0;
    }
    JsonNode message = event.path(1);
    after = event.path(2).asText(after);
    out()
        .println(
            remote.json()
                ? message.toString()
                : Shown.text(
                    "%s  %s > %s: %s"
                        .formatted(
                            message.path("createdAt").asText(),
                            message.path("from").asText(),
                            message.path("to").asText(),
                            message.path("message").asText())));
    out().flush();
    return 1;
  }
}
