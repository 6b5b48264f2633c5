package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.InsertOneModel;
import courier.deadletter.record.OriginalRecord;
import courier.fixture.RouteFiles;
import courier.kafka.RecordHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.kafka.common.header.Header;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;

/** The routes of receive-message with their edges (Kafka, MongoDB) mocked, and records for them. */
abstract class ReceiveMessageRoutes extends CamelTestSupport {
  private static final String[] FILES = {
    "kinds-of-failure.camel.yaml",
    "client-b/receive-message.camel.yaml",
    "client-b/handle-records.camel.yaml",
    "client-b/store-message.camel.yaml",
    "client-b/handle-one-by-one.camel.yaml",
    "client-b/park-when-exhausted.camel.yaml",
    "client-b/park-dead-letter.camel.yaml",
    "client-b/write-dead-letters.camel.yaml"
  };

  MockEndpoint stored;
  MockEndpoint found;
  MockEndpoint pushed;
  MockEndpoint announced;
  MockEndpoint committed;
  MockEndpoint committedAll;
  MockEndpoint dead;
  private long offset;

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @BeforeEach
  void loadTheRoutes() throws Exception {
    context.getRegistry().bind("erased", new NobodyErased());
    RouteFiles.load(
        context,
        Map.of(
            "kafka.brokers", "localhost:1",
            "topics.messages", "client-messages",
            "topics.dead-letters", "dead-letter-topic",
            "mongodb.database", "courier",
            "client-b.name", "clientB",
            "client-b.group", "client-b",
            "retry.attempts", "2",
            "retry.delay", "1"),
        FILES);
    AdviceWith.adviceWith(
        context, "receive-message", route -> route.replaceFromWith("direct:batch"));
    AdviceWith.adviceWith(
        context,
        "handle-records",
        route -> {
          route.mockEndpointsAndSkip(
              "direct:expect-receipts", "direct:push-stored-here", "direct:announce-stored");
          route.weaveById("commit-offsets").replace().to("mock:committed");
        });
    AdviceWith.adviceWith(
        context,
        "handle-one-by-one",
        route -> route.weaveByType(BeanDefinition.class).replace().to("mock:committed-all"));
    AdviceWith.adviceWith(
        context,
        "write-dead-letters",
        route -> route.weaveByToUri("kafka:*").replace().to("mock:dead"));
    AdviceWith.adviceWith(
        context,
        "store-message",
        route -> {
          route.weaveByToUri("mongodb:*").selectFirst().replace().to("mock:stored");
          route.weaveByToUri("mongodb:*").replace().to("mock:found");
        });
    stored = getMockEndpoint("mock:stored");
    found = getMockEndpoint("mock:found");
    pushed = getMockEndpoint("mock:direct:push-stored-here");
    announced = getMockEndpoint("mock:direct:announce-stored");
    committed = getMockEndpoint("mock:committed");
    committedAll = getMockEndpoint("mock:committed-all");
    dead = getMockEndpoint("mock:dead");
    found.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(List.of()));
    context.start();
  }

  /** Lets MongoDB refuse this message, wherever it is in the write. */
  void refuse(String id, int code) {
    refuse(id, code, "E11000 duplicate key error collection: c.m index: _id_ dup key: {}");
  }

  void refuse(String id, int code, String why) {
    stored.whenAnyExchangeReceived(
        exchange -> {
          int index = ids(exchange).indexOf(id);
          if (index >= 0) {
            throw new CamelMongoDbException(writeError(index, code, why));
          }
        });
  }

  static MongoBulkWriteException writeError(int index, int code, String why) {
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(),
        List.of(new BulkWriteError(code, why, new BsonDocument(), index)),
        null,
        new ServerAddress(),
        Set.of());
  }

  Exchange receive(byte[]... values) {
    List<Exchange> records = new ArrayList<>();
    for (byte[] value : values) {
      Exchange record = new DefaultExchange(context);
      record.getMessage().setBody(value);
      record.getMessage().setHeaders(RecordHeaders.at("client-messages", 3, offset++));
      record
          .getMessage()
          .setHeader(
              KafkaConstants.HEADERS, new org.apache.kafka.common.header.internals.RecordHeaders());
      records.add(record);
    }
    return template.send("direct:batch", exchange -> exchange.getMessage().setBody(records));
  }

  static byte[] message(String id, String to) {
    return """
        {"id":"%s","from":"clientA","to":"%s","message":"hello"}"""
        .formatted(id, to)
        .getBytes(UTF_8);
  }

  /** The one dead letter that was written. */
  Message letter() {
    assertEquals(1, dead.getReceivedCounter());
    List<?> letters = dead.getExchanges().get(0).getMessage().getBody(List.class);
    assertEquals(1, letters.size());
    return (Message) letters.get(0);
  }

  static String says(Message letter, String header) {
    Header said = letter.getBody(OriginalRecord.class).headers().lastHeader(header);
    return new String(said.value(), UTF_8);
  }

  List<Object> announcedIds() {
    return announced.getExchanges().stream()
        .flatMap(exchange -> messages(exchange).stream())
        .<Object>map(ReceivedMessage::id)
        .toList();
  }

  @SuppressWarnings("unchecked") // as receive-message sets it
  static List<ReceivedMessage> messages(Exchange exchange) {
    return exchange.getVariable("messages", List.class);
  }

  static List<Object> ids(MockEndpoint endpoint, int exchange) {
    return ids(endpoint.getExchanges().get(exchange));
  }

  /** Of the documents that are to be written. */
  static List<Object> ids(Exchange exchange) {
    List<Object> ids = new ArrayList<>();
    for (Object write : exchange.getMessage().getBody(List.class)) {
      ids.add(((Document) ((InsertOneModel<?>) write).getDocument()).get("_id"));
    }
    return ids;
  }

  /** As erase-person has it, with no store to ask. */
  public static final class NobodyErased {
    public void messages() {}
  }
}
