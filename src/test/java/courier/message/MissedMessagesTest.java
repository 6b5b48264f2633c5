package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import courier.fixture.RouteFiles;
import courier.socketio.SocketioConstants;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of missed-messages with MongoDB mocked. */
class MissedMessagesTest extends CamelTestSupport {
  private static final String LOG = "AAAAAAAAAAEAAAAAAAAAAg";
  private static final Document STORED =
      new Document("_id", "m1")
          .append("from", "bert")
          .append("to", "anna")
          .append("message", "hello")
          .append("more", 1)
          .append("createdAt", new Date(1_700_000_000_000L))
          .append("partition", 2)
          .append("offset", 41L)
          .append("topicId", LOG);

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @BeforeEach
  void loadTheRoutes() throws Exception {
    RouteFiles.load(context, Map.of("mongodb.database", "courier"), "client-b/CatchUp.java");
    AdviceWith.adviceWith(
        context,
        "missed-messages",
        route -> route.weaveByToUri("mongodb:*").replace().to("mock:found"));
    AdviceWith.adviceWith(
        context,
        "position-of-message",
        route -> {
          route.weaveByToUri("mongodb:*").selectFirst().replace().to("mock:byId");
          route.weaveByToUri("mongodb:*").replace().to("mock:look");
        });
    context.start();
  }

  @Test
  void areThoseOfOneRecipientInOnePartitionFromOneOffsetUntilAnother() {
    MockEndpoint found = returning("mock:found", List.of(STORED));

    Exchange answer =
        template.request(
            "direct:missed-messages",
            asked ->
                asked
                    .getMessage()
                    .setHeaders(
                        new HashMap<>(
                            Map.of(
                                SocketioConstants.LOG,
                                LOG,
                                SocketioConstants.ROOM,
                                "anna",
                                SocketioConstants.PARTITION,
                                2,
                                SocketioConstants.OFFSET,
                                40L,
                                SocketioConstants.UNTIL,
                                50L,
                                SocketioConstants.LIMIT,
                                100))));

    Message query = found.getExchanges().get(0).getMessage();
    assertEquals(
        Document.parse(
                "{to: 'anna', partition: 2, offset: {$gte: 40, $lt: 50}, topicId: {$in: ['%s', null]}}"
                    .formatted(LOG))
            .toJson(),
        query.getHeader(MongoDbConstants.CRITERIA, Document.class).toJson());
    assertEquals(new Document("offset", 1), query.getHeader(MongoDbConstants.SORT_BY));
    assertEquals(100, query.getHeader(MongoDbConstants.LIMIT));
    Message event = (Message) answer.getMessage().getBody(Iterator.class).next();
    assertEquals(2, event.getHeader(SocketioConstants.PARTITION));
    assertEquals(41L, event.getHeader(SocketioConstants.OFFSET));
    assertEquals("anna", event.getHeader(SocketioConstants.ROOM));
    assertEquals(
        Map.of(
            "_id", "m1",
            "from", "bert",
            "to", "anna",
            "message", "hello",
            "createdAt", "2023-11-14T22:13:20.000Z"),
        event.getBody());
  }

  @Test
  void areReadNoFurtherThanSomebodyWants() throws Exception {
    List<String> asked = new ArrayList<>();
    returning("mock:found", cursor(asked));

    MissedEvents events = template.requestBody("direct:missed-messages", null, MissedEvents.class);

    assertEquals(List.of(), asked);
    events.next();
    events.close();
    assertEquals(List.of("next", "close"), asked);
  }

  /** What MongoDB's driver finds, which tells how far it is read. */
  private static Iterable<Document> cursor(List<String> asked) {
    class Cursor implements Iterator<Document>, Closeable {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Document next() {
        asked.add("next");
        return STORED;
      }

      @Override
      public void close() {
        asked.add("close");
      }
    }

    return Cursor::new;
  }

  @Test
  void thePositionAfterAMessageIsNoLaterThanWhatWasCreatedWithIt() {
    returning("mock:byId", STORED);
    MockEndpoint looks = returning("mock:look", List.of(new Document(STORED).append("offset", 7L)));

    assertEquals(Map.of(2, 42L, 5, 7L), position(LOG));
    Message look = looks.getExchanges().get(0).getMessage();
    assertEquals(
        Document.parse(
                ("{to: 'anna', partition: 2, offset: {$gte: 0, $lt: 100}, topicId: {$in: ['%s', null]},"
                        + " createdAt: {$gte: {$date: 1700000000000}}}")
                    .formatted(LOG))
            .toJson(),
        look.getHeader(MongoDbConstants.CRITERIA, Document.class).toJson());
    assertEquals(1, look.getHeader(MongoDbConstants.LIMIT));
    assertEquals(new Document("offset", 1), look.getHeader(MongoDbConstants.SORT_BY));
  }

  @Test
  void thePositionAfterAMessageOfAnotherLogIsWhereWhatWasCreatedWithItBegins() {
    returning("mock:byId", STORED);
    returning("mock:look", List.of(new Document(STORED).append("offset", 3L)));

    assertEquals(Map.of(2, 3L, 5, 3L), position("another log"));
  }

  @Test
  void thePositionAfterAMessageThatDoesNotSayItsLogIsThatOfItsPlace() {
    Document old = new Document(STORED);
    old.remove("topicId");
    returning("mock:byId", old);
    returning("mock:look", List.of());

    assertEquals(Map.of(2, 42L, 5, 8L), position(LOG));
  }

  private Object position(String log) {
    Map<String, Object> headers =
        Map.of(
            SocketioConstants.LOG,
            log,
            SocketioConstants.ROOM,
            "anna",
            SocketioConstants.NEXT,
            new TreeMap<>(Map.of(2, 100L, 5, 8L)));
    return template.requestBodyAndHeaders("direct:position-of-message", "m1", headers);
  }

  @Test
  void aMessageThatIsNotStoredHasNoPosition() {
    returning("mock:byId", null);

    assertNull(position(LOG));
  }

  private MockEndpoint returning(String uri, Object body) {
    MockEndpoint mock = getMockEndpoint(uri);
    mock.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(body));
    return mock;
  }
}
