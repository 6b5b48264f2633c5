package courier.message;

import courier.http.QueryParameter;
import java.util.List;
import org.apache.camel.Exchange;
import org.bson.Document;

/** Whose messages are meant: those from or to {@code clientId}, or all without it. */
public final class MessageSelection {
  /**
   * Takes the selection from the query and leaves it as the variable {@code selection}.
   *
   * @throws courier.http.Refusal 400
   */
  public void query(Exchange exchange) {
    exchange.setVariable("selection", of(exchange.getMessage().getHeader("clientId")));
  }

  private static Document of(Object clientId) {
    String name =
        QueryParameter.clientId(clientId, "give a name, or leave it out for all messages");
    return name == null
        ? new Document()
        : new Document("$or", List.of(new Document("from", name), new Document("to", name)));
  }
}
