package courier.message;

import com.mongodb.MongoBulkWriteException;
import courier.kafka.Batch;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.bson.BSONException;
import org.bson.codecs.configuration.CodecConfigurationException;

/**
 * The lane for what could not be stored as one write: each message by itself, under the same policy
 * as everything else. In and out by the variable {@code messages}; out are the ones to be pushed.
 */
public final class StoreOneByOne extends RouteBuilder {
  /** MongoDB's code of a duplicate key. */
  private static final int E11000 = 11000;

  @Override
  public void configure() {
    onException(MongoBulkWriteException.class)
        .onWhen(StoreOneByOne::isStoredAlready)
        .maximumRedeliveries(0)
        .handled(true)
        .log("${variable.message[id]} was sent before, the first one stays");

    // What cannot be written as BSON can never be stored.
    onException(BSONException.class, CodecConfigurationException.class)
        .maximumRedeliveries(0)
        .useOriginalMessage();

    from("direct:store-one-by-one")
        .routeId("store-one-by-one")
        .description("Stores one by one what could not be stored as one write")
        .routeConfigurationId("park-when-exhausted")
        .split(variable("messages"), new Batch())
        .setVariable("message", body())
        .setBody(exchange -> List.of(exchange.getMessage().getBody()))
        .to("direct:store-message")
        .setBody(variable("message"))
        .setProperty("kept", constant(true))
        .end()
        .setVariable("messages", body());
  }

  private static boolean isStoredAlready(Exchange exchange) {
    return exchange.getException(MongoBulkWriteException.class).getWriteErrors().stream()
        .allMatch(error -> error.getCode() == E11000);
  }
}
