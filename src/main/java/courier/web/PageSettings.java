package courier.web;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;

/**
 * What the page has to know, served as {@code /page-settings.json}.
 *
 * @param clientId the name of the client whose messages the page shows
 * @param sendPort client A's HTTP port, on the host the page was loaded from
 * @param sendUrl where to send instead, an absolute http or https address; null to use {@code
 *     sendPort}
 */
public record PageSettings(String clientId, int sendPort, String sendUrl) {
  public PageSettings {
    Objects.requireNonNull(clientId, "clientId");
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

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("clientId", clientId).put("sendPort", sendPort);
    return sendUrl == null ? json : json.put("sendUrl", sendUrl);
  }
}
