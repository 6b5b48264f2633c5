package courier.socketio.server;

import com.corundumstudio.socketio.HandshakeData;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import courier.feed.LastSeen;

/**
 * What a client says when it connects, in the CONNECT packet ({@code io(url, {auth: {…}})}) or in
 * the query of its handshake.
 *
 * @param clientId whom it is, or null
 * @param lastSeen of the events of a log
 */
record Auth(String clientId, LastSeen lastSeen) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 4096;
  private static final String TOKEN = "token";

  /**
   * @param data of the CONNECT packet, JSON; empty when there is none
   * @throws IllegalArgumentException saying what is wrong
   */
  static Auth of(HandshakeData handshake, String data) {
    JsonNode auth = json(data);
    return new Auth(
        text(auth, handshake, "clientId"),
        new LastSeen(
            text(auth, handshake, "after"),
            auth.path("pid").textValue(),
            auth.path("offset").textValue()));
  }

  /**
   * The token that a client shows; never in an address, which many write down.
   *
   * @return null when there is none
   * @throws IllegalArgumentException saying what is wrong
   */
  static String token(HandshakeData handshake, String data) {
    if (handshake.getSingleUrlParam(TOKEN) != null) {
      throw new IllegalArgumentException("The token is in the address: send it as auth.token.");
    }
    JsonNode token = json(data).path(TOKEN);
    if (!token.isTextual() && !token.isMissingNode() && !token.isNull()) {
      throw new IllegalArgumentException("auth.token is no string: send a string.");
    }
    return token.textValue();
  }

  private static JsonNode json(String data) {
    try {
      return JSON.readTree(data.isEmpty() ? "{}" : data);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("auth is no JSON: send an object.");
    }
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
}
