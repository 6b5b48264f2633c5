package courier.socketio.packet;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request's address says (Engine.IO protocol v4, "HTTP long-polling": query parameters), and
 * what the reference server answers when it cannot be right.
 */
public final class EngineRequest {
  private static final Set<String> VERSIONS = Set.of("3", "4");
  private static final Set<String> FLAGS = Set.of("0", "1", "true", "false");
  private static final String WEBSOCKET = "websocket";

  private final FullHttpRequest request;
  private final String path;
  private final Map<String, List<String>> parameters;

  private EngineRequest(FullHttpRequest request, QueryStringDecoder address) {
    this.request = request;
    path = address.path();
    parameters = address.parameters();
  }

  /**
   * @throws IllegalArgumentException if the address has a percent sign that encodes nothing
   */
  public static EngineRequest of(FullHttpRequest request) {
    return new EngineRequest(request, new QueryStringDecoder(request.uri()));
  }

  public String path() {
    return path;
  }

  /** The first value, or null. */
  private String get(String name) {
    List<String> values = parameters.get(name);
    return values == null ? null : values.get(0);
  }

  /** The session's id, or null in a handshake. */
  public String session() {
    return get("sid");
  }

  public boolean isPoll() {
    return request.method().equals(HttpMethod.GET) && !isWebSocket();
  }

  public boolean isWebSocket() {
    return WEBSOCKET.equals(get("transport"));
  }

  /** What is wrong with it, whatever the server's state; null when nothing is. */
  public FullHttpResponse problem(Set<String> transports) {
    String transport = get("transport");
    if (transport == null || !transports.contains(transport)) {
      return RequestRefusal.unknownTransport();
    }
    if (session() == null) {
      if (!request.method().equals(HttpMethod.GET)) {
        return RequestRefusal.badHandshakeMethod();
      }
      if (get("EIO") == null || !VERSIONS.contains(get("EIO"))) {
        return RequestRefusal.unsupportedVersion();
      }
    }
    return isWebSocket() == isUpgrade() && isMethodKnown() && areFlagsKnown()
        ? null
        : RequestRefusal.badRequest();
  }

  private boolean isUpgrade() {
    return request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private boolean isMethodKnown() {
    return request.method().equals(HttpMethod.GET)
        || (request.method().equals(HttpMethod.POST) && !isWebSocket());
  }

  /** The server takes both for numbers. */
  private boolean areFlagsKnown() {
    String jsonp = get("j");
    String base64 = get("b64");
    return (jsonp == null || jsonp.matches("[0-9]{1,9}"))
        && (base64 == null || FLAGS.contains(base64));
  }

  /** Of the fourth version, in which a poll has text alone. */
  public boolean isText() {
    return "4".equals(get("EIO"));
  }

  /**
   * Takes out {@code b64}, which some clients of the fourth version send: there it changes nothing,
   * as binary is always base64 in a poll, and the server would answer in the form of the third.
   */
  public void forgetBase64() {
    if (isText() && parameters.containsKey("b64")) {
      request.setUri(request.uri().replaceAll("(?<=[?&])b64=[^&]*&?", ""));
    }
  }
}
