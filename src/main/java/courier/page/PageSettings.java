package courier.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the page has to know, served as {@code /page-settings.json}.
 *
 * @param names for whom messages are kept, as {@code client-b.name} has it: one name, several with
 *     commas between, or {@code *} for anyone
 * @param sendPort client A's HTTP port, on the host the page was loaded from
 * @param sendUrl where to send instead, an absolute http or https address; null to use {@code
 *     sendPort}
 */
public record PageSettings(String names, int sendPort, String sendUrl) {
  private static final String ANYONE = "*";

  /** Who it is when anyone is kept and nobody says who they are. */
  private static final String NOBODY_NAMED = "clientB";

  public PageSettings {
    Objects.requireNonNull(names, "names");
    if (sendUrl != null && !isHttp(URI.create(sendUrl))) {
      throw new IllegalArgumentException(
          "\"%s\" is not an address to send to: write it as http://host:3000/send-message."
              .formatted(sendUrl));
    }
  }

  private static boolean isHttp(URI uri) {
    return uri.getHost() != null
        && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
  }

  /** The origin the page may send to, as a Content-Security-Policy source. */
  String sendOrigin() {
    if (sendUrl == null) {
      return "*:" + sendPort;
    }
    URI uri = URI.create(sendUrl);
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private List<String> kept() {
    return Stream.of(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  JsonObject toJson() {
    List<String> kept = kept();
    String first =
        kept.stream().filter(name -> !name.equals(ANYONE)).findFirst().orElse(NOBODY_NAMED);
    JsonObject json =
        new JsonObject()
            .put("clientId", first)
            .put("names", new JsonArray(kept))
            .put("sendPort", sendPort);
    return sendUrl == null ? json : json.put("sendUrl", sendUrl);
  }
}
