package courier.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.builder.AdviceWith;
import org.apache.kafka.common.errors.TimeoutException;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A receipt says how far somebody has come in a conversation, and never goes back. */
class NoteReceiptTest extends ReceiptRoutes {
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
  void takesAnIdOfAnyLength() {
    String id = "x".repeat(2_000);
    stored(id, 0, 1);

    assertEquals(DONE, emits("read", id));
    assertEquals(id, upTo("read"));
  }
}
