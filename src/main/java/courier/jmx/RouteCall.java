package courier.jmx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import courier.identity.Access;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;

/**
 * Asks a route of the HTTP API in this process. Its steps are the only way to what it does, so a
 * console can do nothing that the API does not, and finds what was edited in the route files.
 */
final class RouteCall {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CamelContext context;

  RouteCall(CamelContext context) {
    this.context = context;
  }

  /**
   * A console shows of an exception no more than its class, so what is refused is an answer too.
   *
   * @param parameters of the path and the query
   * @param body JSON, or null
   * @return the answer's JSON as maps and lists; a problem of RFC 9457 when it is refused
   */
  Object ask(String routeId, Map<String, Object> parameters, String body) {
    Route route = context.getRoute(routeId);
    if (route == null || !context.getRouteController().getRouteStatus(routeId).isStarted()) {
      return Map.of("detail", "The route %s does not run here.".formatted(routeId));
    }
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.getMessage().setHeaders(new HashMap<>(parameters));
    if (body != null) {
      exchange.getMessage().setBody(body);
      exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
    Access.introduceConsole(exchange);
    try {
      route.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    return exchange.getException() == null
        ? answer(exchange.getMessage().getBody(String.class))
        : Map.of("detail", exchange.getException().toString());
  }

  private static Object answer(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      return Map.of("detail", "The route answered with no JSON: " + json);
    }
  }
}
