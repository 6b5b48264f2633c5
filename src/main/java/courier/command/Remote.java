package courier.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where the Courier is that a command asks, and who asks: options that all of them have. */
final class Remote {
  static final String TOKEN = "COURIER_TOKEN";

  @Option(
      names = "--client-a",
      paramLabel = "URL",
      description = "where client A is; else where application.properties here says")
  private URI clientA;

  @Option(names = "--client-b", paramLabel = "URL", description = "the same of client B")
  private URI clientB;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "has the token of who asks; else the variable COURIER_TOKEN has it, if any")
  private Path tokenFile;

  @Option(names = "--json", description = "one JSON object a line, for other programs")
  private boolean json;

  private final Supplier<Addresses> usual;
  private final Map<String, String> environment;

  /**
   * @param usual where they are if nobody says it
   */
  Remote(Supplier<Addresses> usual, Map<String, String> environment) {
    this.usual = usual;
    this.environment = environment;
  }

  URI clientA() {
    return clientA == null ? usual.get().clientA() : clientA;
  }

  URI clientB() {
    return clientB == null ? usual.get().clientB() : clientB;
  }

  boolean json() {
    return json;
  }

  /** Null when nobody says who asks. */
  String token() throws Unsuccessful {
    if (tokenFile == null) {
      return environment.get(TOKEN);
    }
    try {
      return Files.readString(tokenFile).strip();
    } catch (IOException e) {
      throw new Unsuccessful(
          Unsuccessful.REFUSED, "Cannot read the token in %s: %s".formatted(tokenFile, e));
    }
  }
}
