package courier.message;

import courier.http.Refusal;
import java.util.List;
import org.apache.camel.Exchange;
import org.bson.Document;

/** Whose messages are meant: those from or to {@code clientId}, or all without it. */
public final class Selection {
  private static final int LONGEST = 128;

  /**
   * Takes the selection from the query and leaves it as the variable {@code selection}.
   *
   * @throws Refusal 400
   */
  public void query(Exchange exchange) {
    exchange.setVariable("selection", of(exchange.getMessage().getHeader("clientId")));
  }

  private static Document of(Object clientId) {
    if (clientId == null) {
      return new Document();
    }
    if (clientId instanceof List<?>) {
      throw new Refusal("clientId", "is there twice: send it once");
    }
    String name = clientId.toString();
    if (name.isEmpty()) {
      throw new Refusal("clientId", "is empty: give a name, or leave it out for all messages");
    }
    if (name.codePointCount(0, name.length()) > LONGEST) {
      throw new Refusal(
          "clientId", "is longer than a name can be: give at most " + LONGEST + " characters");
    }
    return new Document("$or", List.of(new Document("from", name), new Document("to", name)));
  }
}
