package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.InsertOneModel;
import courier.deadletter.record.OriginalRecord;
import courier.fixture.RouteFiles;
import courier.kafka.RecordHeaders;
import courier.message.refused.IdConflictException;
import courier.message.refused.NotJsonException;
import courier.message.refused.RefusedByStoreException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of receive-message with their edges (Kafka, MongoDB) mocked. */
class ReceiveMessageTest extends CamelTestSupport {
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

  private MockEndpoint stored;
  private MockEndpoint found;
  private MockEndpoint pushed;
  private MockEndpoint announced;
  private MockEndpoint committed;
  private MockEndpoint committedAll;
  private MockEndpoint dead;
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

  @Test
  void storesThenAnnouncesWhatIsAddressedToThisClientAndCommits() {
    receive(message("m1", "clientB"), message("m2", "clientC"), message("m3", "clientB"));

    assertEquals(List.of("m1", "m3"), ids(stored, 0));
    assertEquals(List.of("m1", "m3"), announcedIds());
    assertEquals(1, committed.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void pushesWhatIsStoredBeforeItIsAnnounced() {
    pushed.whenAnyExchangeReceived(exchange -> assertEquals(1, stored.getReceivedCounter()));
    announced.whenAnyExchangeReceived(exchange -> assertEquals(1, pushed.getReceivedCounter()));

    receive(message("m1", "clientB"), message("m2", "clientC"));

    assertEquals(1, committed.getReceivedCounter());
    Announcement said =
        (Announcement) pushed.getExchanges().get(0).getMessage().getBody(List.class).get(0);
    assertEquals(2, said.next());
    assertEquals(List.of(0L), said.events().stream().map(Announcement.Event::offset).toList());
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

    assertEquals(List.of("m2"), ids(stored, 0));
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
  void handlesOneByOneWhatFailsAsOneAndDeadLettersOnlyTheGuilty() {
    stored.whenAnyExchangeReceived(
        exchange -> {
          if (ids(exchange).contains("bad")) {
            throw new CamelMongoDbException("refused");
          }
        });

    receive(message("m1", "clientB"), message("bad", "clientB"), message("m3", "clientB"));

    assertEquals(List.of("m1", "m3"), announcedIds());
    Message letter = letter();
    assertEquals("1", says(letter, "dead-letter-original-offset"));
    assertEquals("3", says(letter, "dead-letter-attempts"));
    assertEquals("mock://stored", says(letter, "dead-letter-step"));
    assertEquals(CamelMongoDbException.class.getName(), says(letter, "dead-letter-exception"));
    assertArrayEquals(message("bad", "clientB"), letter.getBody(OriginalRecord.class).value());
    assertEquals(1, committedAll.getReceivedCounter());
  }

  @Test
  void aStepThatAUserAddsFailsForNobodyElse() {
    List<Object> wentOn = new ArrayList<>();
    announced.whenAnyExchangeReceived(
        exchange -> {
          List<String> ids = messages(exchange).stream().map(ReceivedMessage::id).toList();
          if (ids.contains("bad")) {
            throw new ClassCastException("a user's own step");
          }
          wentOn.addAll(ids);
        });
    List<byte[]> values = new ArrayList<>();
    List<Object> good = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      good.add("m" + i);
      values.add(message("m" + i, "clientB"));
    }
    values.add(50, message("bad", "clientB"));

    Exchange batch = receive(values.toArray(new byte[0][]));

    assertNull(batch.getException());
    // The batch, then each: the guilty one as often as the policy says.
    assertEquals(1 + 100 + 3, announced.getReceivedCounter());
    assertEquals(good, wentOn);
    assertEquals("50", says(letter(), "dead-letter-original-offset"));
    assertEquals("a user's own step", says(letter(), "dead-letter-message"));
    assertEquals(ClassCastException.class.getName(), says(letter(), "dead-letter-exception"));
    assertEquals("3", says(letter(), "dead-letter-attempts"));
    assertEquals(1, committedAll.getReceivedCounter());
    Exchange all = committedAll.getExchanges().get(0);
    assertEquals(101, all.getVariable("records", List.class).size());
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
    assertEquals(2, stored.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void deadLettersAtOnceWhatTheStoreRefusesForGood() {
    refuse("large", 10334);

    receive(message("large", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals("1", says(letter(), "dead-letter-attempts"));
    assertEquals("store-messages", says(letter(), "dead-letter-step"));
    assertEquals(1, stored.getReceivedCounter());
  }

  @Test
  void deadLettersAtOnceWhatAUniqueIndexOfTheUsersOwnRefuses() {
    refuse("order", 11000, "E11000 duplicate key error collection: c.m index: order_1 dup key: {}");
    receive(message("order", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals(RefusedByStoreException.class.getName(), says(letter(), "dead-letter-exception"));
    assertTrue(says(letter(), "dead-letter-message").contains("order_1"));
  }

  @Test
  void deadLettersAtOnceWhatAServerRefusesThatNamesNoIndex() {
    refuse("order", 11000, "E11000 duplicate key error collection: courier.messages");
    receive(message("order", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("m2"), announcedIds());
    assertEquals(RefusedByStoreException.class.getName(), says(letter(), "dead-letter-exception"));
    assertTrue(says(letter(), "dead-letter-message").contains("E11000"));
    assertEquals("1", says(letter(), "dead-letter-attempts"));
  }

  @Test
  void announcesWhatAnotherInstanceHasStoredOfTheSameRecord() {
    refuse("twice", 11000);
    returnStored(
        Document.parse(
            "{_id: 'twice', from: 'clientA', to: 'clientB', message: 'hello',"
                + " partition: 3, offset: {$numberLong: '0'}}"));

    receive(message("twice", "clientB"), message("m2", "clientB"));

    assertEquals(List.of("twice", "m2"), announcedIds());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void triesAgainWhatTheStoreDidNotTakeForAReasonNobodyKnows() {
    AtomicInteger refusals = new AtomicInteger();
    stored.whenAnyExchangeReceived(
        exchange -> {
          int index = ids(exchange).indexOf("m2");
          if (index >= 0 && refusals.getAndIncrement() < 2) {
            throw new CamelMongoDbException(writeError(index, 8, "?"));
          }
        });

    receive(message("m1", "clientB"), message("m2", "clientB"), message("m3", "clientB"));

    assertEquals(List.of("m1", "m2", "m3"), announcedIds());
    assertEquals(0, dead.getReceivedCounter());
  }

  /** Lets MongoDB refuse this message, wherever it is in the write. */
  private void refuse(String id, int code) {
    refuse(id, code, "E11000 duplicate key error collection: c.m index: _id_ dup key: {}");
  }

  private void refuse(String id, int code, String why) {
    stored.whenAnyExchangeReceived(
        exchange -> {
          int index = ids(exchange).indexOf(id);
          if (index >= 0) {
            throw new CamelMongoDbException(writeError(index, code, why));
          }
        });
  }

  private void returnStored(Document document) {
    found.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(List.of(document)));
  }

  private static MongoBulkWriteException writeError(int index, int code, String why) {
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(),
        List.of(new BulkWriteError(code, why, new BsonDocument(), index)),
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

    assertComesAgain(batch);
  }

  @Test
  void anOutageOfSomeOfABatchDoesNotMakeSingleWritesOfIt() {
    refuse("m2", 189, "stepping down");

    Exchange batch = receive(message("m1", "clientB"), message("m2", "clientB"));

    assertComesAgain(batch);
  }

  @Test
  void anOutageWhileRecordsAreHandledOneByOneFailsTheBatchToo() {
    stored.whenAnyExchangeReceived(
        exchange -> {
          if (ids(exchange).size() > 1) {
            throw new CamelMongoDbException("refused");
          }
          throw new CamelMongoDbException(
              new MongoSocketReadException("gone", new ServerAddress()));
        });

    Exchange batch = receive(message("m1", "clientB"), message("m2", "clientB"));

    assertNotNull(batch.getException());
    assertEquals(2, stored.getReceivedCounter());
    assertEquals(0, committedAll.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  private void assertComesAgain(Exchange batch) {
    assertNotNull(batch.getException());
    assertEquals(1, stored.getReceivedCounter());
    assertEquals(0, announced.getReceivedCounter());
    assertEquals(0, committed.getReceivedCounter());
    assertEquals(0, committedAll.getReceivedCounter());
    assertEquals(0, dead.getReceivedCounter());
  }

  @Test
  void parksWithoutItsValueWhatTheTopicDoesNotTake() {
    byte[] large = new byte[1000];
    dead.whenAnyExchangeReceived(
        exchange -> {
          for (Object letter : exchange.getMessage().getBody(List.class)) {
            OriginalRecord original = ((Message) letter).getBody(OriginalRecord.class);
            if (original.value() != null && original.value().length == large.length) {
              throw new RecordTooLargeException("too large");
            }
          }
        });

    Exchange batch = receive(new byte[] {1}, large, message("m1", "clientB"));

    assertNull(batch.getException());
    assertEquals(List.of("m1"), announcedIds());
    assertEquals(1, committed.getReceivedCounter());
    // All, the small one by itself, the large one, and what is left of it.
    assertEquals(4, dead.getReceivedCounter());
    List<?> last = dead.getExchanges().get(3).getMessage().getBody(List.class);
    assertEquals("1000", says((Message) last.get(0), "dead-letter-value-omitted"));
    assertEquals("1", says((Message) last.get(0), "dead-letter-original-offset"));
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
    return announced.getExchanges().stream()
        .flatMap(exchange -> messages(exchange).stream())
        .<Object>map(ReceivedMessage::id)
        .toList();
  }

  @SuppressWarnings("unchecked") // as receive-message sets it
  private static List<ReceivedMessage> messages(Exchange exchange) {
    return exchange.getVariable("messages", List.class);
  }

  private static List<Object> ids(MockEndpoint endpoint, int exchange) {
    return ids(endpoint.getExchanges().get(exchange));
  }

  /** Of the documents that are to be written. */
  private static List<Object> ids(Exchange exchange) {
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
