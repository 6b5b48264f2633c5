import courier.message.MissedMessages;
import org.apache.camel.builder.RouteBuilder;

/** What the sockets ask the store for, when a client comes back. */
public class CatchUp extends RouteBuilder {
  private static final String MESSAGES =
      "mongodb:mongo?database={{mongodb.database}}&collection=messages";

  @Override
  public void configure() {
    from("direct:missed-messages")
        .routeId("missed-messages")
        .routeDescription(
            "Reads from the store what a client has missed in one partition, when it comes back")
        // Who asked tries again.
        .errorHandler(noErrorHandler())
        .bean(MissedMessages.class, "query")
        .to(MESSAGES + "&operation=findAll&outputType=MongoIterable")
        .bean(MissedMessages.class, "events");

    from("direct:position-of-message")
        .routeId("position-of-message")
        .routeDescription(
            "Finds what comes after a message, for a client that says which was its last one")
        .errorHandler(noErrorHandler())
        .to(MESSAGES + "&operation=findById")
        .filter(body().isNotNull())
        .setVariable("message", body())
        .setVariable("search", method(MissedMessages.class, "search"))
        .loopDoWhile(simple("${variable.search.open}"))
        .bean(MissedMessages.class, "look")
        .to(MESSAGES + "&operation=findAll")
        .bean(MissedMessages.class, "found")
        .end()
        .bean(MissedMessages.class, "position")
        .end();
  }
}
