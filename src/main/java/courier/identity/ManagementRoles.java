package courier.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.identity.token.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/**
 * Who may do what on the management port: whether a service is well is for anybody, as what watches
 * it often has no token; the rest of it for viewers, and what changes something for operators.
 */
public final class ManagementRoles {
  /** What another reader could take for another request is none to read. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String JOLOKIA = "/observe/jolokia";
  private static final String HEALTH = "/observe/health";

  /** Jolokia's requests that change nothing (its protocol, "Jolokia operations"). */
  private static final Set<String> READING =
      Set.of("read", "list", "version", "search", "notification");

  /** Operations of Camel's MBeans that only look, whatever they are told. */
  private static final Set<String> LOOKING =
      Set.of("dumpRoutesStatsAsXml", "dumpRouteStatsAsXml", "endpointStatistics", "details");

  /** The same, unless they are told to show what placeholders stand for, such as a password. */
  private static final Set<String> DUMPING = Set.of("dumpRoutesAsXml", "dumpRouteAsXml");

  private ManagementRoles() {}

  /** Asks for a role, once the body is there. */
  public static void require(RoutingContext context) {
    String path = context.normalizedPath();
    boolean health = path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    // The parameters are for more than whether it is well: addresses, files, what the doctor found.
    if (health && context.request().query() == null) {
      context.next();
      return;
    }
    if (TokenHandler.isFor(isReading(context, path) ? Role.VIEWER : Role.OPERATOR, context)) {
      context.next();
    }
  }

  private static boolean isReading(RoutingContext context, String path) {
    HttpMethod method = context.request().method();
    if (!path.startsWith(JOLOKIA)) {
      return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }
    if (method == HttpMethod.POST) {
      return isReading(context.body() == null ? null : context.body().asString());
    }
    String[] parts = path.substring(JOLOKIA.length()).split("/");
    String asked = context.request().getParam("p");
    return asked == null
        && (parts.length < 2 || isReading(JSON.getNodeFactory().textNode(parts[1])));
  }

  /** One request, or several at once. */
  private static boolean isReading(String body) {
    try {
      JsonNode asked = JSON.readTree(body == null ? "" : body);
      if (asked.isObject()) {
        return isReading(asked.path("type")) || isLooking(asked);
      }
      for (JsonNode each : asked) {
        if (!isReading(each.path("type")) && !isLooking(each)) {
          return false;
        }
      }
      return asked.isArray();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isReading(JsonNode type) {
    return type.isTextual() && READING.contains(type.textValue().toLowerCase(Locale.ROOT));
  }

  /** Hawtio draws a route by what such an operation says. */
  private static boolean isLooking(JsonNode asked) {
    String operation = asked.path("operation").asText().replaceFirst("\\(.*", "");
    return asked.path("type").asText().equalsIgnoreCase("exec")
        && asked.path("mbean").asText().startsWith("org.apache.camel:")
        && (LOOKING.contains(operation)
            || DUMPING.contains(operation) && isNone(asked.path("arguments")));
  }

  private static boolean isNone(JsonNode arguments) {
    return arguments.isMissingNode() || arguments.isArray() && arguments.isEmpty();
  }
}
