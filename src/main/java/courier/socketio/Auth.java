package courier.socketio;

import com.corundumstudio.socketio.HandshakeData;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What a client says when it connects, in the CONNECT packet ({@code io(url, {auth: {…}})}) or in
 * the query of its handshake.
 *
 * @param clientId whom it is, or null
 * @param after the event's id or the cursor after which it wants all, or null
 * @param pid the position at which it connected before, or null
 * @param offset the cursor of the last event it got since, or null
 */
record Auth(String clientId, String after, String pid, String offset) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 4096;

  /**
   * @param data of the CONNECT packet, JSON; empty when there is none
   * @throws IllegalArgumentException saying what is wrong
   */
  static Auth of(HandshakeData handshake, String data) {
    JsonNode auth;
    try {
      auth = JSON.readTree(data.isEmpty() ? "{}" : data);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("auth is no JSON: send an object.");
    }
    return new Auth(
        text(auth, handshake, "clientId"),
        text(auth, handshake, "after"),
        auth.path("pid").textValue(),
        auth.path("offset").textValue());
  }

  private static String text(JsonNode auth, HandshakeData handshake, String member) {
    JsonNode value = auth.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return handshake.getSingleUrlParam(member);
    }
    if (!value.isTextual() || value.textValue().isEmpty() || value.textValue().length() > LONGEST) {
      throw new IllegalArgumentException(
          "auth.%s is empty, too long or no string: send a string, or leave it out."
              .formatted(member));
    }
    return value.textValue();
  }

  /**
   * Where the client was when its connection was lost, if that is known and in this log.
   *
   * @param log a position in it
   */
  Optional<Cursor> lost(Cursor log) {
    if (pid == null) {
      return Optional.empty();
    }
    Optional<Cursor> connected = Cursor.parse(pid, log);
    Optional<Cursor> last = Optional.ofNullable(offset).flatMap(text -> Cursor.parse(text, log));
    // The offset may be older: a client that starts anew keeps that of its last event. Or it may be
    // the one in this log: who stays connected while another log begins keeps its pid.
    return connected.isPresent() && last.isPresent()
        ? Optional.of(connected.get().max(last.get()))
        : last.or(() -> connected);
  }
}
