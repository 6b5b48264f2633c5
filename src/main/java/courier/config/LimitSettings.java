package courier.config;

import java.util.List;
import java.util.Properties;

/** What one person may cost, and how long messages are kept; 0, the default, is without an end. */
public final class LimitSettings {
  private static final String MESSAGES = "limits.messages-per-second";
  private static final String BYTES = "limits.bytes-per-day";
  private static final String SOCKETS = "limits.sockets-per-person";

  private static final String KEEP = "messages.keep";

  static final List<String> ALL = List.of(MESSAGES, BYTES, SOCKETS, KEEP);

  private LimitSettings() {}

  /** No bean of a route file can be given nothing. */
  static String orNone(String value) {
    return value.isBlank() ? "0" : value.strip();
  }

  static void check(Settings settings) {
    settings.millis(KEEP);
    for (String key : List.of(MESSAGES, SOCKETS)) {
      settings.number(key, 0, Integer.MAX_VALUE, "give a number, or 0 for as many as come");
    }
    if (!settings.get(BYTES).matches("\\d{1,18}")) {
      throw new StartupException(
          "%s is \"%s\": give a number of bytes, or 0 for as many as come."
              .formatted(BYTES, settings.get(BYTES)));
    }
  }

  /** Tells the component of Socket.IO, unless its own option is set. */
  public static void tellSockets(Settings settings, Properties properties) {
    properties.putIfAbsent(
        "camel.component.socketio.maxConnectionsPerPerson", settings.get(SOCKETS));
  }
}
