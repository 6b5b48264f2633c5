package courier.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.client.MongoClient;
import courier.fixture.RouteFiles;
import courier.infra.RunningMongo;
import courier.mongodb.Mongo;
import courier.socketio.SocketioConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.errors.TimeoutException;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of receipts with an embedded MongoDB; what is announced is mocked. */
class NoteReceiptTest {
  private static final String[] FILES = {
    "kinds-of-failure.camel.yaml",
    "answer-with-error.camel.yaml",
    "answer-as-error.camel.yaml",
    "client-b/receipts.camel.yaml",
    "client-b/note-receipt.camel.yaml",
    "client-b/announce-receipt.camel.yaml"
  };
  private static final String DONE = "{\"success\":true}";

  @TempDir Path folder;
  private RunningMongo mongo;
  private MongoClient client;
  private CamelContext context;
  private MockEndpoint announced;

  @BeforeEach
  void start() throws Exception {
    mongo = RunningMongo.start(folder);
    context = new DefaultCamelContext();
    client =
        Mongo.client(
            "mongodb://127.0.0.1:%d/?serverSelectionTimeoutMS=500"
                .formatted(mongo.address().getPort()));
    context.getRegistry().bind("mongo", client);
    context.getRegistry().bind("message-statuses", new MessageStatuses("client-messages"));
    RouteFiles.load(
        context,
        Map.of(
            "mongodb.database", "courier",
            "kafka.brokers", "localhost:1",
            "topics.stored", "stored-messages"),
        FILES);
    for (String status : List.of("delivered", "read")) {
      AdviceWith.adviceWith(
          context, "message-was-" + status, route -> route.replaceFromWith("direct:" + status));
    }
    AdviceWith.adviceWith(
        context,
        "note-receipt",
        route -> route.weaveByToUri("direct:announce-receipt").replace().to("mock:announced"));
    context.start();
    announced = context.getEndpoint("mock:announced", MockEndpoint.class);
  }

  @AfterEach
  void stop() {
    context.stop();
    client.close();
    mongo.close();
  }

  private void stored(String id, int partition, long offset) {
    stored(id, partition, offset, offset, "log");
  }

  private void stored(String id, int partition, long offset, long created, String log) {
    mongo
        .messages()
        .insertOne(
            new Document("_id", id)
                .append("from", "anna")
                .append("to", "bert")
                .append("message", "?")
                .append("createdAt", new Date(created))
                .append("partition", partition)
                .append("offset", offset)
                .append("topicId", log));
  }

  /** What bert is answered. */
  private String emits(String status, Object id) {
    return emits(status, id, "bert");
  }

  private String emits(String status, Object id, String name) {
    Exchange answer =
        context
            .createProducerTemplate()
            .request(
                "direct:" + status,
                event -> {
                  event.getMessage().setHeader(SocketioConstants.ROOM, name);
                  event.getMessage().setBody(id == null ? null : "\"" + id + "\"");
                });
    return answer.getMessage().getBody(String.class);
  }

  private static JsonNode problem(String answer) throws Exception {
    return new JsonMapper().readTree(answer).path("error");
  }

  private List<Document> receipts() {
    return mongo
        .client()
        .getDatabase("courier")
        .getCollection("receipts")
        .find()
        .into(new ArrayList<>());
  }

  private String upTo(String status) {
    return receipts().get(0).get(status, Document.class).getString("id");
  }

  private List<String> announcements() {
    return announced.getExchanges().stream()
        .map(exchange -> exchange.getVariable("noted", MessageStatus.class))
        .map(noted -> noted.status() + " " + noted.id())
        .toList();
  }

  @Test
  void isOneDocumentOfAPersonAndAConversationAndIsAnnounced() {
    stored("m1", 2, 1);
    stored("m2", 2, 3_000_000_000L);

    assertEquals(DONE, emits("delivered", "m1"));
    assertEquals(DONE, emits("read", "m1"));
    assertEquals(DONE, emits("delivered", "m2"));

    Document receipt = receipts().get(0);
    assertEquals(1, receipts().size());
    assertEquals(new Document("person", "bert").append("partner", "anna"), receipt.get("_id"));
    assertEquals(
        new Document("id", "m2")
            .append("topicId", "log")
            .append("partition", 2)
            .append("offset", 3_000_000_000L)
            .append("createdAt", new Date(3_000_000_000L)),
        receipt.get("delivered"));
    assertEquals("m1", upTo("read"));
    assertEquals(List.of("delivered m1", "read m1", "delivered m2"), announcements());
    assertEquals(
        new MessageStatus("bert", "anna", "delivered", "m2", 2, 3_000_000_000L),
        announced.getExchanges().get(2).getVariable("noted"));
  }

  @ParameterizedTest
  @CsvSource({
    // where the one before is and when it was created, and where and when the later one
    "0, 7, 100, log, 0, 8, 100, log",
    "0, 7, 100, log, 0, 8,  50, log",
    "0, 7, 100, log, 1, 3, 101, log",
    "0, 7, 100, log, 0, 3, 101, other",
    "0, 7, 100,    , 0, 8,  50,    ",
    "0, 7, 100,    , 0, 3, 101, log",
  })
  void neverGoesBack(
      int partition,
      long offset,
      long created,
      String log,
      int itsPartition,
      long itsOffset,
      long itsCreated,
      String itsLog) {
    stored("earlier", partition, offset, created, log);
    stored("later", itsPartition, itsOffset, itsCreated, itsLog);

    for (String id : List.of("earlier", "earlier", "later", "later", "earlier")) {
      assertEquals(DONE, emits("read", id));
    }

    assertEquals("later", upTo("read"));
    assertEquals(List.of("read earlier", "read later"), announcements());
  }

  @Test
  void isTheLatestHoweverManyWereAtTheSameTime() throws Exception {
    int messages = 40;
    List<Callable<String>> events =
        IntStream.range(0, messages)
            .mapToObj(
                i -> {
                  stored("m" + i, 0, i);
                  return (Callable<String>) () -> emits("read", "m" + i);
                })
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (var answer : threads.invokeAll(events)) {
        assertEquals(DONE, answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals("m" + (messages - 1), upTo("read"));
    assertEquals(1, receipts().size());
  }

  /** MongoDB's own servers look for a document and insert one in two steps. */
  @Test
  void isNotGivenUpForAnEarlierOneThatIsInsertedMeanwhile() throws Exception {
    stored("earlier", 0, 1);
    stored("later", 0, 2);
    AtomicBoolean inserted = new AtomicBoolean();
    AdviceWith.adviceWith(
        context,
        "write-receipt",
        route ->
            route
                .weaveByToUri("mongodb:*")
                .before()
                .process(
                    exchange -> {
                      if (inserted.compareAndSet(false, true)) {
                        assertEquals(DONE, emits("read", "earlier"));
                        throw new MongoWriteException(
                            new WriteError(11000, "E11000 duplicate key", new BsonDocument()),
                            new ServerAddress(),
                            Set.of());
                      }
                    }));

    assertEquals(DONE, emits("read", "later"));
    assertEquals("later", upTo("read"));
    assertEquals(List.of("read earlier", "read later"), announcements());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "null", "1", "[]", "{}", "[\"m1\"]", "\"\"", "\"m1"})
  void refusesWhatIsNoId(String argument) throws Exception {
    stored("m1", 0, 1);
    String answer =
        context.createProducerTemplate().requestBody("direct:read", argument, String.class);

    assertEquals(400, problem(answer).path("status").asInt());
    assertEquals(
        "Send the `_id` of a message, as a string.", problem(answer).path("detail").asText());
  }

  @Test
  void refusesAMessageThatThereIsNot() throws Exception {
    for (String id : List.of("m1", "x".repeat(2_000), "$ne", "\\u0000", "\\ud800")) {
      JsonNode problem = problem(emits("read", id));
      assertEquals(404, problem.path("status").asInt(), id);
      assertEquals("There is no message with this id.", problem.path("detail").asText());
    }
    assertEquals(List.of(), receipts());
  }

  @Test
  void takesAnIdOfAnyLength() {
    String id = "x".repeat(2_000);
    stored(id, 0, 1);

    assertEquals(DONE, emits("read", id));
    assertEquals(id, upTo("read"));
  }

  @Test
  void refusesAMessageForSomebodyElse() throws Exception {
    stored("m1", 0, 1);
    for (String name : new String[] {"anna", "carl", "", null}) {
      assertEquals(403, problem(emits("read", "m1", name)).path("status").asInt(), name);
    }
    assertEquals(List.of(), receipts());
  }

  @Test
  void isDoneAlsoWhenNobodyCanBeTold() throws Exception {
    stored("m1", 0, 1);
    AdviceWith.adviceWith(
        context,
        "announce-receipt",
        route -> route.weaveByToUri("kafka:*").replace().throwException(new TimeoutException()));
    AdviceWith.adviceWith(
        context,
        "note-receipt",
        route -> route.weaveByToUri("mock:announced").replace().to("direct:announce-receipt"));

    assertEquals(DONE, emits("read", "m1"));
    assertEquals("m1", upTo("read"));
  }

  @Test
  void isAnsweredInWordsWithoutTheStore() throws Exception {
    stored("m1", 0, 1);
    mongo.mongo().close();

    JsonNode problem = problem(emits("read", "m1"));
    assertEquals(503, problem.path("status").asInt());
    assertTrue(problem.path("detail").asText().startsWith("The message store"));
  }
}
