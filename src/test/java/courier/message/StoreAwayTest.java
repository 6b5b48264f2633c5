package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import courier.fixture.RouteFiles;
import courier.http.LongAnswers;
import courier.identity.Access;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered when MongoDB does not answer, however its operation says so. */
class StoreAwayTest extends CamelTestSupport {
  private static final ServerAddress SERVER = new ServerAddress();
  private static final MongoCommandException NOT_PRIMARY =
      new MongoCommandException(
          BsonDocument.parse("{ok: 0, code: 10107, errmsg: 'not primary'}"), SERVER);

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @BeforeEach
  void loadTheRoutes() throws Exception {
    context.getRegistry().bind("long-answers", new LongAnswers(1, 1));
    context.getRegistry().bind("access", new Access(false));
    RouteFiles.load(
        context,
        Map.of("mongodb.database", "courier"),
        "kinds-of-failure.camel.yaml",
        "answer-with-error.camel.yaml",
        "client-b/list-messages.camel.yaml",
        "client-b/export-messages.camel.yaml");
    for (String id : List.of("list-messages", "export-messages", "get-message")) {
      AdviceWith.adviceWith(
          context,
          id,
          route -> {
            route.replaceFromWith("direct:" + id);
            route.weaveByToUri("mongodb:*").replace().to("mock:store");
          });
    }
    context.start();
  }

  @Test
  void isToAskAgain() throws Exception {
    for (Exception failure :
        List.of(
            NOT_PRIMARY,
            new CamelMongoDbException(NOT_PRIMARY),
            new CamelMongoDbException(new MongoQueryException(NOT_PRIMARY.getResponse(), SERVER)),
            new CamelMongoDbException(new MongoSocketReadException("gone", SERVER)))) {
      Message answer = answer(failure);
      assertEquals(503, answer.getHeader(Exchange.HTTP_RESPONSE_CODE), failure.toString());
      assertEquals("1", answer.getHeader("Retry-After"));
    }
  }

  @Test
  void isNotSaidOfWhatIsOurs() throws Exception {
    for (Exception failure :
        List.of(new CamelMongoDbException("ours"), new IllegalStateException("ours"))) {
      assertEquals(500, answer(failure).getHeader(Exchange.HTTP_RESPONSE_CODE));
    }
  }

  private Message answer(Exception failure) {
    getMockEndpoint("mock:store")
        .whenAnyExchangeReceived(
            exchange -> {
              throw failure;
            });
    return template
        .request("direct:get-message", exchange -> exchange.getMessage().setHeader("id", "m1"))
        .getMessage();
  }
}
