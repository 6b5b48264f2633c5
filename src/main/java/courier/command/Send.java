package courier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a message, or one for each line of its input. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    header = "Send a message, or each line of the input as one.",
    description = {
      "Prints the id of each message, once Kafka has it for good. What is not answered",
      "is sent again under the same id for a while, so that it is stored once."
    },
    exitCodeListHeading = RemoteCommand.EXIT_CODES,
    exitCodeList = {"0:all were taken", "1:one was refused", "2:usage", "3:nobody answers"})
final class Send extends RemoteCommand {
  private static final int TRIES = 5;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "who sends it; with a token it is whose token it is")
  private String from;

  @Option(names = "--to", required = true, paramLabel = "NAME", description = "whom it is for")
  private String to;

  @Option(names = "--id", paramLabel = "ID", description = "of the message, if it has one already")
  private String id;

  @Parameters(arity = "0..1", paramLabel = "message", description = "else each line of the input")
  private String message;

  Send(Supplier<Addresses> usual) {
    super(usual);
  }

  @Override
  int run(Api api) throws Unsuccessful {
    URI address = at(remote.clientA(), "/send-message");
    String sender = from == null ? whoseTokenItIs(api) : from;
    if (message != null) {
      send(api, address, sender, id, message);
      return 0;
    }
    if (id != null) {
      throw new Unsuccessful(Unsuccessful.USAGE, "--id is of one message: give that as well.");
    }
    Progress progress = new Progress("sent");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      int sent = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          send(api, address, sender, null, line);
          progress.at(++sent);
        }
      }
    } catch (IOException e) {
      throw new Unsuccessful(Unsuccessful.USAGE, "Cannot read the input: " + e.getMessage());
    } finally {
      progress.end();
    }
    return 0;
  }

  private String whoseTokenItIs(Api api) throws Unsuccessful {
    JsonNode name = remote.token() == null ? null : api.get(clientB("/me")).json().get("name");
    if (name == null || name.isNull()) {
      throw new Unsuccessful(Unsuccessful.USAGE, "Say who sends it: --as NAME.");
    }
    return name.textValue();
  }

  private void send(Api api, URI address, String sender, String known, String text)
      throws Unsuccessful {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", known == null ? UUID.randomUUID().toString() : known)
            .put("from", sender)
            .put("to", to)
            .put("message", text);
    JsonNode receipt = untilTaken(api, address, body);
    out().println(remote.json() ? receipt.toString() : receipt.path("id").asText());
    out().flush();
  }

  private static JsonNode untilTaken(Api api, URI address, JsonNode body) throws Unsuccessful {
    for (int tries = 1; ; tries++) {
      try {
        return api.post(address, body).json();
      } catch (Unsuccessful e) {
        if (e.status() != Unsuccessful.NOT_THERE || tries == TRIES) {
          throw e;
        }
        pause(tries); // longer each time
      }
    }
  }
}
