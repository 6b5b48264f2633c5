package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import courier.deadletter.OriginalRecord;
import courier.kafka.RecordHeaders;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of receive-message with their edges (Kafka, MongoDB) mocked. */
class ReceiveMessageTest extends CamelTestSupport {
  private static final List<String> FILES =
      List.of(
          "receive-message",
          "store-message",
          "store-one-by-one",
          "park-when-exhausted",
          "park-dead-letter");

  private MockEndpoint stored;
  private MockEndpoint found;
  private MockEndpoint announced;
  private MockEndpoint committed;
  private MockEndpoint dead;
  private long offset;

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @BeforeEach
  void loadTheRoutes() throws Exception {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "kafka.brokers", "localhost:1",
            "topics.messages", "client-messages",
            "topics.dead-letters", "dead-letter-topic",
            "client-b.name", "clientB",
            "client-b.group", "client-b",
            "retry.attempts", "2",
            "retry.delay", "1"));
    context.getPropertiesComponent().setOverrideProperties(properties);
    List<Resource> files =
        FILES.stream()
            .map(
                file ->
                    PluginHelper.getResourceLoader(context)
                        .resolveResource("file:routes/client-b/" + file + ".camel.yaml"))
            .toList();
    PluginHelper.getRoutesLoader(context).loadRoutes(files);
    AdviceWith.adviceWith(
        context,
        "receive-message",
        route -> {
          route.replaceFromWith("direct:batch");
          route.weaveById("announce-messages").replace().to("mock:announced");
          route.weaveById("commit-offsets").replace().to("mock:committed");
        });
    AdviceWith.adviceWith(
        context,
        "park-dead-letter",
        route -> route.weaveByToUri("kafka:*").replace().to("mock:dead"));
    AdviceWith.adviceWith(
        context,
        "store-message",
        route -> {
          route.weaveByType(BeanDefinition.class).remove();
          route.weaveByToUri("mongodb:*").replace().to("mock:stored");
        });
    AdviceWith.adviceWith(
        context, "store-one", route -> route.weaveByToUri("mongodb:*").replace().to("mock:found"));
    stored = getMockEndpoint("mock:stored");
    found = getMockEndpoint("mock:found");
    announced = getMockEndpoint("mock:announced");
    committed = getMockEndpoint("mock:committed");
    dead = getMockEndpoint("mock:dead");
    context.start();
  }

  @Test
  void storesThenAnnouncesWhatIsAddressedToThisClientAndCommits() {
    receive(message("m1", "clientB"), message("m2", "clientC"), message("m3", "clientB"));

    assertEquals(List.of("m1", "m3"), ids(stored, 0, "id"));
    assertEquals(List.of("m1", "m3"), announcedIds());
    assertEquals(1, committed.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void announcesAndCommitsWhatIsForOthersWithoutStoringAnything() {
    receive(message("m1", "clientC"));

    assertEquals(0, stored.getReceivedCounter());
    assertEquals(List.of(), announcedIds());
    assertEquals(1, committed.getReceivedCounter());
  }

  @Test
  void deadLettersPoisonAtOnceByteForByteWithItsReasonAndGoesOn() {
    byte[] garbage = HexFormat.of().parseHex("00fffe67");
    receive(garbage, message("m2", "clientB"));

    assertEquals(List.of("m2"), ids(stored, 0, "id"));
    assertEquals(1, committed.getReceivedCounter());
    assertEquals(1, dead.getReceivedCounter());
    Message letter = letter();
    assertArrayEquals(garbage, letter.getBody(OriginalRecord.class).value());
    assertEquals("client-messages", says(letter, "dead-letter-original-topic"));
    assertEquals("3", says(letter, "dead-letter-original-partition"));
    assertEquals("0", says(letter, "dead-letter-original-offset"));
    assertEquals("1", says(letter, "dead-letter-attempts"));
    assertEquals("receive-message", says(letter, "dead-letter-route"));
    assertEquals("read-messages", says(letter, "dead-letter-step"));
    assertEquals(NotJsonException.class.getName(), says(letter, "dead-letter-exception"));
    assertNotNull(says(letter, "dead-letter-failed-at"));
  }

  @Test
  void deadLettersThePoisonOfABatchInOneWriteAfterTheGoodOnesAreAnnounced() {
    dead.whenAnyExchangeReceived(exchange -> assertEquals(1, announced.getReceivedCounter()));

    receive(new byte[] {0}, message("m1", "clientB"), new byte[] {1}, new byte[] {2});

    assertEquals(3, dead.getExchanges().get(0).getMessage().getBody(List.class).size());
    assertEquals(1, committed.getReceivedCounter());
  }

  @Test
  void storesOneByOneWhatIsRefusedAsOneAndDeadLettersOnlyTheGuilty() {
    stored.whenAnyExchangeReceived(
        exchange -> {
          if (ids(exchange, "id").contains("bad")) {
            throw new CamelMongoDbException("refused");
          }
        });

    receive(message("m1", "clientB"), message("bad", "clientB"), message("m3", "clientB"));

    assertEquals(List.of("m1", "m3"), announcedIds());
    assertEquals(1, dead.getReceivedCounter());
    Message letter = letter();
    assertEquals("1", says(letter, "dead-letter-original-offset"));
    assertEquals("3", says(letter, "dead-letter-attempts"));
    assertEquals("mock://stored", says(letter, "dead-letter-step"));
    assertArrayEquals(message("bad", "clientB"), letter.getBody(OriginalRecord.class).value());
    assertEquals(1, committed.getReceivedCounter());
  }

  @Test
  void doesNotAnnounceWhatWasSentBefore() {
    refuse("twice", 11000);
    returnStored(
        Document.parse("{_id: 'twice', from: 'clientA', to: 'clientB', message: 'hello'}"));

    receive(message("twice", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals(0, dead.getReceivedCounter());
    assertEquals(1, committed.getReceivedCounter());
  }

  @Test
  void deadLettersAnotherMessageWithTheSameId() {
    refuse("twice", 11000);
    returnStored(
        Document.parse("{_id: 'twice', from: 'clientA', to: 'clientB', message: 'other'}"));

    receive(message("twice", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals(IdConflictException.class.getName(), says(letter(), "dead-letter-exception"));
    assertEquals("1", says(letter(), "dead-letter-attempts"));
    assertEquals(1, committed.getReceivedCounter());
  }

  @Test
  void announcesWhatAnotherGroupHasStoredAtTheSamePlace() {
    refuse("both", 11000);
    returnStored(
        new Document("_id", "both")
            .append("partition", 3)
            .append("offset", 0L)
            .append("topicId", RecordHeaders.TOPIC_ID));

    receive(message("both", "clientB"));

    assertEquals(List.of("both"), announcedIds());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void tellsARecordWithoutAnIdFromOneAtItsPlaceInATopicThatWasBefore() {
    String place = "client-messages-3-0";
    refuse(place, 11000);
    returnStored(
        new Document("_id", place)
            .append("from", "clientA")
            .append("to", "clientB")
            .append("message", "hello")
            .append("partition", 3)
            .append("offset", 0L)
            .append("topicId", "another topic"));

    receive("{\"from\":\"clientA\",\"to\":\"clientB\",\"message\":\"hello\"}".getBytes(UTF_8));

    assertEquals(List.of(place + "-" + RecordHeaders.TOPIC_ID), announcedIds());
    assertEquals(3, stored.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void deadLettersAtOnceWhatTheStoreRefusesForGood() {
    refuse("large", 10334);

    receive(message("large", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals("1", says(letter(), "dead-letter-attempts"));
    assertEquals(2, stored.getReceivedCounter());
  }

  @Test
  void writesAgainOnlyWhatTheStoreDidNotTake() {
    AtomicInteger refusals = new AtomicInteger();
    stored.whenAnyExchangeReceived(
        exchange -> {
          if (ids(exchange, "id").contains("m2") && refusals.getAndIncrement() == 0) {
            throw new CamelMongoDbException(writeError(1, 112));
          }
        });

    receive(message("m1", "clientB"), message("m2", "clientB"), message("m3", "clientB"));

    assertEquals(List.of("m2"), ids(stored, 1, "id"));
    assertEquals(2, stored.getReceivedCounter());
    assertEquals(List.of("m1", "m2", "m3"), announcedIds());
  }

  /** Lets MongoDB refuse this message, wherever it is in the write. */
  private void refuse(String id, int code) {
    stored.whenAnyExchangeReceived(
        exchange -> {
          int index = ids(exchange, "id").indexOf(id);
          if (index >= 0) {
            throw new CamelMongoDbException(writeError(index, code));
          }
        });
  }

  private void returnStored(Document document) {
    found.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(document));
  }

  private static MongoBulkWriteException writeError(int index, int code) {
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(),
        List.of(new BulkWriteError(code, "refused", new BsonDocument(), index)),
        null,
        new ServerAddress(),
        Set.of());
  }

  @Test
  void anOutageFailsTheBatchSoThatItComesAgainAndNothingIsDeadLettered() {
    stored.whenAnyExchangeReceived(
        exchange -> {
          throw new CamelMongoDbException(
              new MongoSocketReadException("gone", new ServerAddress()));
        });

    Exchange batch = receive(message("m1", "clientB"), new byte[] {0});

    assertNotNull(batch.getException());
    assertEquals(0, announced.getReceivedCounter());
    assertEquals(0, committed.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void commitsNothingWhenTheDeadLetterCannotBeWritten() {
    dead.whenAnyExchangeReceived(
        exchange -> {
          throw new IllegalStateException("no dead-letter topic");
        });

    Exchange batch = receive(new byte[] {0});

    assertEquals(0, committed.getReceivedCounter());
    assertNotNull(batch.getException());
  }

  @Test
  void commitsNothingWhenTheDeadLetterOfARefusedMessageCannotBeWritten() {
    stored.whenAnyExchangeReceived(
        exchange -> {
          throw new CamelMongoDbException("refused");
        });
    dead.whenAnyExchangeReceived(
        exchange -> {
          throw new IllegalStateException("no dead-letter topic");
        });

    Exchange batch = receive(message("bad", "clientB"));

    assertEquals(0, announced.getReceivedCounter());
    assertEquals(0, committed.getReceivedCounter());
    assertNotNull(batch.getException());
  }

  @Test
  void commitsNothingWhenWhatIsStoredCannotBeAnnounced() {
    announced.whenAnyExchangeReceived(
        exchange -> {
          throw new TopicAuthorizationException("stored-messages");
        });

    Exchange batch = receive(message("m1", "clientB"));

    assertNotNull(batch.getException());
    assertEquals(0, committed.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  private Exchange receive(byte[]... values) {
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

  private static byte[] message(String id, String to) {
    return """
        {"id":"%s","from":"clientA","to":"%s","message":"hello"}"""
        .formatted(id, to)
        .getBytes(UTF_8);
  }

  /** The one dead letter that was written. */
  private Message letter() {
    assertEquals(1, dead.getReceivedCounter());
    List<?> letters = dead.getExchanges().get(0).getMessage().getBody(List.class);
    assertEquals(1, letters.size());
    return (Message) letters.get(0);
  }

  private static String says(Message letter, String header) {
    Header said = letter.getBody(OriginalRecord.class).headers().lastHeader(header);
    return new String(said.value(), UTF_8);
  }

  private List<Object> announcedIds() {
    List<?> messages = announced.getExchanges().get(0).getVariable("messages", List.class);
    return messages.stream().<Object>map(message -> ((ReceivedMessage) message).id()).toList();
  }

  private static List<Object> ids(MockEndpoint endpoint, int exchange, String member) {
    return ids(endpoint.getExchanges().get(exchange), member);
  }

  private static List<Object> ids(Exchange exchange, String member) {
    List<Object> ids = new ArrayList<>();
    Object body = exchange.getMessage().getBody();
    for (Object message : body instanceof List<?> list ? list : List.of(body)) {
      ids.add(((Map<?, ?>) message).get(member));
    }
    return ids;
  }
}
