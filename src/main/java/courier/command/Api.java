package courier.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running Courier answers over HTTP. */
final class Api {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration MUCH_PATIENCE = Duration.ofMinutes(2);
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"next\"");
  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String token;

  /**
   * @param token null when nobody says who asks
   */
  Api(String token) {
    this.token = token;
  }

  /**
   * An answer that is no refusal.
   *
   * @param next the address of the next page
   */
  record Answer(JsonNode json, Optional<URI> next) {}

  Answer get(URI address) throws Unsuccessful {
    return ask(HttpRequest.newBuilder(address).GET(), PATIENCE);
  }

  Answer post(URI address, JsonNode body) throws Unsuccessful {
    return ask(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())),
        PATIENCE);
  }

  /** Posts what takes the service a while. */
  Answer tryText(URI address, String type, byte[] text) throws Unsuccessful {
    return ask(
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(text)),
        MUCH_PATIENCE);
  }

  /** Gets what is of any length into a stream, as it comes. */
  void copy(URI address, OutputStream to) throws Unsuccessful {
    HttpRequest asked = asked(HttpRequest.newBuilder(address).GET(), PATIENCE);
    try {
      HttpResponse<InputStream> answer = http.send(asked, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() >= 300) {
          throw refusal(address, answer.statusCode(), json(new String(body.readAllBytes(), UTF_8)));
        }
        body.transferTo(to);
      }
    } catch (IOException e) {
      throw nobody(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsuccessful(Unsuccessful.NOT_THERE, "Interrupted.");
    }
  }

  private HttpRequest asked(HttpRequest.Builder request, Duration patience) {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.timeout(patience).build();
  }

  private Answer ask(HttpRequest.Builder request, Duration patience) throws Unsuccessful {
    HttpRequest asked = asked(request, patience);
    try {
      HttpResponse<String> answer = http.send(asked, BodyHandlers.ofString());
      JsonNode json = json(answer.body());
      if (answer.statusCode() >= 300) {
        throw refusal(asked.uri(), answer.statusCode(), json);
      }
      Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
      return new Answer(
          json, next.find() ? Optional.of(asked.uri().resolve(next.group(1))) : Optional.empty());
    } catch (IOException e) {
      throw nobody(asked.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsuccessful(Unsuccessful.NOT_THERE, "Interrupted.");
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Unsuccessful refusal(URI address, int status, JsonNode problem) {
    String detail =
        problem
            .path("detail")
            .asText("%s answers with %d: is it Courier?".formatted(address, status));
    String token =
        status == 401 ? " Give it by --token-file, or by the variable " + Remote.TOKEN + "." : "";
    boolean later = status == UNAVAILABLE || status == TOO_MANY;
    return new Unsuccessful(
        later ? Unsuccessful.NOT_THERE : Unsuccessful.REFUSED, Shown.text(detail) + token);
  }

  static Unsuccessful nobody(URI address, Throwable e) {
    String where = address.getScheme() + "://" + address.getAuthority();
    boolean refused = e instanceof ConnectException && e.getMessage() == null;
    boolean unresolved = e.getCause() instanceof UnresolvedAddressException;
    String why = refused || unresolved || e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
    return new Unsuccessful(
        Unsuccessful.NOT_THERE,
        "Nobody answers at %s%s: start Courier, or say where it is by --client-a and --client-b."
            .formatted(where, why));
  }
}
