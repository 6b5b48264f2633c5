package courier.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Holds what a Courier answers to the documents it serves: the status is one of the operation's,
 * what has to be in the head is there, and the body is of the shape that is said. What they do not
 * describe, such as a user's own route, is not looked at.
 */
public final class Conformance {
  private static final String NOTHING_THERE = "There is nothing at this address";
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<ObjectNode> HTTP =
      Stream.of("client-a.yaml", "client-b.yaml").map(Conformance::document).toList();
  private static final ObjectNode EVENTS = document("asyncapi.yaml");

  /** Longer ones are of the same shape from their beginning to their end, and cost much. */
  private static final int LONGEST = 1_000_000;

  private static final Set<String> OF_THE_SERVER =
      Set.of("401", "403", "413", "415", "417", "421", "500", "503");

  private static final Map<JsonNode, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private Conformance() {}

  private static ObjectNode document(String source) {
    return Bundle.of(source, Path.of("routes")).document();
  }

  /**
   * @throws AssertionError saying what is not as it is described
   */
  public static void require(HttpRequest request, HttpResponse<String> answer) {
    require(
        request.method(),
        request.uri().getRawPath(),
        answer.statusCode(),
        answer.headers(),
        answer.body());
  }

  static void require(String method, String path, int status, HttpHeaders headers, String body) {
    for (ObjectNode document : HTTP) {
      Optional<JsonNode> described = path(document, path);
      if (described.isPresent()) {
        String what = "%s %s: %d %s".formatted(method, path, status, body);
        new Answer(document, what, method, status, headers, body).check(described.get());
        return;
      }
    }
  }

  /** One that is named before one that is a parameter. */
  private static Optional<JsonNode> path(ObjectNode document, String path) {
    JsonNode paths = document.get("paths");
    return paths.has(path)
        ? Optional.of(paths.get(path))
        : paths.properties().stream()
            .filter(each -> path.matches(each.getKey().replaceAll("\\{\\w+}", "[^/]+")))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /**
   * What a socket was sent or answered.
   *
   * @param messages of the document that it may be, such as {@code NewMessageEvent}
   */
  public static void requireEvent(JsonNode payload, String... messages) {
    List<String> problems =
        Stream.of(messages)
            .map(
                each ->
                    problems(
                        EVENTS, EVENTS.at("/components/messages/" + each + "/payload"), payload))
            .toList();
    if (problems.stream().noneMatch(String::isEmpty)) {
      throw new AssertionError(payload + " is none of " + List.of(messages) + ": " + problems);
    }
  }

  /** Empty when there are none. */
  private static String problems(ObjectNode document, JsonNode schema, JsonNode value) {
    return SCHEMAS.computeIfAbsent(schema, each -> schema(document, each)).validate(value).stream()
        .map(Object::toString)
        .reduce("", (some, other) -> some + "; " + other);
  }

  private static JsonSchema schema(ObjectNode document, JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("$defs", document.at("/components/schemas"));
    whole.putArray("allOf").add(schema);
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
  }

  private record Answer(
      ObjectNode document,
      String what,
      String method,
      int status,
      HttpHeaders headers,
      String body) {
    void check(JsonNode path) {
      JsonNode operation =
          path.path(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
      if (method.equals("OPTIONS")) {
        return; // of a browser before it asks
      }
      if (operation.isMissingNode()) {
        that(status == 405 || OF_THE_SERVER.contains(String.valueOf(status)), "is not refused");
        that(status != 405 || headers.firstValue("allow").isPresent(), "has no Allow");
        content(resolved(document.at("/components/responses/BadRequest")));
        return;
      }
      if (status == 404 && body.contains(NOTHING_THERE)) {
        return; // a route that was stopped, or whose file is gone
      }
      JsonNode response = operation.at("/responses/" + status);
      that(!response.isMissingNode(), "is not one of the statuses");
      response = resolved(response);
      response.path("headers").properties().forEach(this::header);
      content(response);
    }

    private void header(Map.Entry<String, JsonNode> described) {
      JsonNode header = resolved(described.getValue());
      Optional<String> sent = headers.firstValue(described.getKey());
      that(
          sent.isPresent() || !header.path("required").asBoolean(),
          "has no header " + described.getKey());
      if (sent.isPresent() && header.at("/schema/type").asText().equals("integer")) {
        that(sent.get().matches("\\d+"), described.getKey() + " is no number: " + sent.get());
      }
    }

    private void content(JsonNode response) {
      JsonNode content = response.path("content");
      if (method.equals("HEAD") || content.isMissingNode()) {
        that(body.isEmpty(), "has a body");
        return;
      }
      String type = headers.firstValue("content-type").orElse("none");
      that(content.has(type), "has the type " + type);
      if (body.length() <= LONGEST) {
        String problems = problems(document, content.get(type).get("schema"), json());
        that(problems.isEmpty(), "is of another shape" + problems);
      }
    }

    private JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError(what + " is no JSON", e);
      }
    }

    private JsonNode resolved(JsonNode described) {
      String ref = described.path("$ref").asText();
      return ref.isEmpty() ? described : document.at(ref.substring(1));
    }

    private void that(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(what + " " + otherwise);
      }
    }
  }
}
