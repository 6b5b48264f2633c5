package courier.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.QueryParameter;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.identity.token.Identity;
import courier.identity.token.Role;
import courier.socketio.SocketioConstants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.bson.Document;

/** What who asks may see and do, as a step of a route; where nobody is asked who they are, all. */
public final class Access {
  private static final String IDENTITY = Identity.class.getName();
  private static final String CLIENT_ID = "clientId";

  private final boolean asks;

  /**
   * @param asks whether people are asked who they are
   */
  public Access(boolean asks) {
    this.asks = asks;
  }

  /** Keeps it where no route loses it with its headers, or gives it away with them. */
  static void introduce(Exchange exchange, Identity identity) {
    exchange.setProperty(IDENTITY, identity);
  }

  /** Who asks by a JMX console is an operator without a name; the console's door has asked. */
  public static void introduceConsole(Exchange exchange) {
    introduce(exchange, new Identity("JMX", Role.OPERATOR, null, Instant.EPOCH, Instant.MAX));
  }

  /**
   * Who asks, by HTTP or by Socket.IO.
   *
   * @throws Refusal 401 when that is not known
   */
  public Identity of(Exchange exchange) {
    if (!asks) {
      return Identity.UNASKED;
    }
    Identity identity = exchange.getProperty(IDENTITY, Identity.class);
    if (identity == null) {
      SocketDoor.SignedIn caller =
          exchange.getProperty(SocketioConstants.CALLER, SocketDoor.SignedIn.class);
      identity = caller == null ? null : caller.identity();
    }
    if (identity == null) {
      throw new Refusal(401, "Say who you are: show a token.");
    }
    return identity;
  }

  /**
   * Lets {@code ?clientId=} be none but who asks, and adds it where it is left out. An operator may
   * ask for anybody's, and for all.
   *
   * @throws Refusal 403
   */
  public void own(Exchange exchange) {
    Identity identity = of(exchange);
    if (identity.has(Role.OPERATOR)) {
      return;
    }
    String asked =
        QueryParameter.clientId(
            exchange.getMessage().getHeader(CLIENT_ID), "give your name, or leave it out");
    if (asked != null && !asked.equals(identity.name())) {
      throw new Refusal(
          403, "These are somebody else's: ask for your own, by the name of your token.");
    }
    exchange.getMessage().setHeader(CLIENT_ID, identity.name());
  }

  /**
   * Lets nobody send in another's name.
   *
   * @param message that was checked
   * @throws Refusal 403
   */
  public void sender(Exchange exchange, @Body JsonNode message) {
    Identity identity = of(exchange);
    if (asks && !identity.name().equals(message.path("from").textValue())) {
      throw new Refusal(403, "`from` is somebody else: send as the name of your token.");
    }
  }

  /**
   * Lets a message be seen by who sent it and whom it is for; for others there is none.
   *
   * @throws Refusal 404
   */
  public void message(Exchange exchange, @Body Document message) {
    Identity identity = of(exchange);
    if (message != null
        && !identity.has(Role.OPERATOR)
        && !identity.name().equals(message.get("from"))
        && !identity.name().equals(message.get("to"))) {
      throw new Refusal(404, "There is none with this id.");
    }
  }

  /** Whether what others wrote, and who they are, is not for who asks. */
  public boolean masks(Exchange exchange) {
    return !of(exchange).has(Role.OPERATOR);
  }

  /** Who alone is to be seen by who asks; null is everybody. */
  public String person(Exchange exchange) {
    Identity identity = of(exchange);
    return identity.has(Role.OPERATOR) ? null : identity.name();
  }

  /**
   * Tells who asks: {@code {"name","role","expires"}}, {@code expires} by RFC 3339. Where nobody is
   * asked, anybody is an operator without a name, for good: those two are null.
   */
  public void me(Exchange exchange) {
    Identity identity = of(exchange);
    ObjectNode me =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", identity.name())
            .put("role", identity.role().toString())
            .put("expires", asks ? identity.expires().toString() : null);
    JsonBody.write(exchange.getMessage(), me.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** In whose name something is done; null where nobody is asked, so that the request says it. */
  public String by(Exchange exchange) {
    return of(exchange).name();
  }
}
