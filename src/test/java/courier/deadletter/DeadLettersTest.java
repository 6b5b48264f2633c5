package courier.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import courier.deadletter.record.LetterFormat;
import courier.deadletter.record.LetterReason;
import courier.http.Refusal;
import courier.message.Replayed;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.header.Headers;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which entry a record of a dead-letter topic is. */
class DeadLettersTest {
  @TempDir Path folder;
  private DeskFixture fixture;

  @BeforeEach
  void start() {
    fixture = new DeskFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> ids() {
    return fixture
        .letters
        .find()
        .sort(new Document("_id", 1))
        .into(new java.util.ArrayList<>())
        .stream()
        .map(letter -> letter.getString("_id"))
        .toList();
  }

  @Test
  void theSameRecordTwiceIsOneEntry() {
    fixture.index.write(
        List.of(fixture.letter(1, "t1", List.of()), fixture.letter(1, "t1", List.of())));
    fixture.index.write(List.of(fixture.letter(1, "t1", List.of())));
    assertEquals(List.of("client-messages-0-1"), ids());
  }

  @Test
  void whatAnotherInstanceListsMeanwhileIsNotLookedAtOneByOne() {
    List<IndexedLetter> letters =
        LongStream.range(0, 9).mapToObj(offset -> fixture.letter(offset, "t1", List.of())).toList();
    List<String> calls = new ArrayList<>();
    InvocationHandler other =
        (proxy, method, arguments) -> {
          if (method.getName().equals("bulkWrite") && !calls.contains("bulkWrite")) {
            fixture.index.write(letters.subList(3, 9));
          }
          calls.add(method.getName());
          try {
            return method.invoke(fixture.letters, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };

    new DeadLetters(collection(other), "dead-letter-topic", 3).write(letters);

    assertEquals(List.of("find", "bulkWrite", "find"), calls);
    assertEquals(9, fixture.letters.countDocuments());
  }

  @Test
  void oneThatCannotBeListedStopsNoneOfTheOthers() {
    fixture.fail(1);
    fixture.letters.createIndex(new Document("size", 1), new IndexOptions().unique(true));
    IndexedLetter other = fixture.letter(3, "t1", List.of());
    other.letter().setBody(new byte[5]);

    fixture.index.write(List.of(fixture.letter(2, "t1", List.of()), other));

    assertEquals(List.of("client-messages-0-1", "client-messages-0-3"), ids());
  }

  @Test
  void whatItSaysIsLeftOutOfItIsBelievedToASize() {
    IndexedLetter letter = fixture.letter(1, "t1", List.of());
    letter.letter().setBody(null);
    Headers headers = letter.letter().getHeader(KafkaConstants.HEADERS, Headers.class);
    headers.add(DeskFixture.header("dead-letter-value-omitted", "99999999999"));
    headers.add(DeskFixture.header("dead-letter-key-omitted", "7"));
    LetterReason reason = new LetterFormat("dead-letter-topic").read(letter.letter());

    fixture.index.write(List.of(new IndexedLetter(letter.letter(), reason, letter.place())));

    Letter listed = fixture.desk.find("client-messages-0-1");
    assertEquals(Integer.MAX_VALUE, listed.document().get("size"));
    assertEquals(7L, listed.document().get("keyOmitted"));
    Refusal refusal = assertThrows(Refusal.class, listed::requireValue);
    assertTrue(refusal.getMessage().contains("client-messages-0-1"), refusal.getMessage());
  }

  @Test
  void theRecordOfATopicMadeAgainDoesNotHideBehindAnOlderOne() {
    fixture.index.write(List.of(fixture.letter(1, "t1", List.of())));
    fixture.index.write(
        List.of(fixture.letter(1, "t2", List.of()), fixture.letter(1, "t2", List.of())));
    fixture.index.write(List.of(fixture.letter(1, "t1", List.of())));
    assertEquals(List.of("client-messages-0-1", "client-messages-0-1-t2"), ids());
    assertEquals("t2", fixture.desk.find("client-messages-0-1-t2").document().get("topicId"));
    fixture.replay("client-messages-0-1-t2");
    assertEquals(State.FAILED, fixture.state("client-messages-0-1"));
  }

  @Test
  void twoTopicsOfOneNameInOneBatchAreTwoEntries() {
    fixture.index.write(
        List.of(fixture.letter(1, "t1", List.of()), fixture.letter(1, "t2", List.of())));
    assertEquals(List.of("client-messages-0-1", "client-messages-0-1-t2"), ids());
  }

  @Test
  void anEntryFromBeforeThereWereTopicIdsIsTheSame() {
    fixture.index.write(List.of(fixture.letter(1, null, List.of())));
    fixture.index.write(List.of(fixture.letter(1, "t1", List.of())));
    assertEquals(List.of("client-messages-0-1"), ids());
  }

  @Test
  void aStrangersReplayHeadersNeitherHideNorChangeAnything() {
    String victim = fixture.fail(7);
    Letter replaying = fixture.replay(victim);
    for (String guess : List.of("", "1", UUID.randomUUID().toString())) {
      fixture.index.write(List.of(fixture.failedAgain(victim, guess)));
      fixture.index.write(List.of(fixture.failedAgain("client-messages-0-8", guess)));
    }
    fixture.fail(8);
    assertEquals(State.REPLAYING, fixture.state(victim));
    assertEquals(List.of("failed"), fixture.history(victim));
    assertEquals(State.FAILED, fixture.state("client-messages-0-8"));
    assertTrue(ids().size() > 2, "each is an entry of its own");

    fixture.failAgain(replaying);
    assertEquals(State.FAILED, fixture.state(victim));
  }

  @Test
  void aClaimIsOfItsOwnLetterOnly() {
    String victim = fixture.fail(7);
    String other = fixture.fail(8);
    Letter mine = fixture.replay(other);
    fixture.replay(victim);
    fixture.index.write(List.of(fixture.failedAgain(victim, mine.claim())));
    assertEquals(State.REPLAYING, fixture.state(victim));
    assertEquals(State.REPLAYING, fixture.state(other));
  }

  @Test
  void whatASenderWroteIsKeptByteForByteAndBelievedInNothing() {
    fixture.index.write(
        List.of(
            fixture.letter(
                3,
                "t1",
                List.of(
                    DeskFixture.header("dead-letter-original-topic", "payments"),
                    DeskFixture.header("dead-letter-step", "mine"),
                    DeskFixture.header("kafka_dlt-original-topic", "payments"),
                    DeskFixture.header("__connect.errors.topic", "payments"),
                    DeskFixture.header(Replayed.ID, "client-messages-0-4")))));
    Document letter = fixture.desk.find("client-messages-0-3").document();
    assertEquals("client-messages", letter.get("originalTopic"));
    assertEquals(null, letter.get("step"));
    assertEquals(5, letter.getList("headers", Document.class).size());
    assertFalse(ids().contains("client-messages-0-4"));
  }

  @SuppressWarnings("unchecked")
  private static MongoCollection<Document> collection(InvocationHandler handler) {
    Class<?>[] type = {MongoCollection.class};
    return (MongoCollection<Document>)
        Proxy.newProxyInstance(MongoCollection.class.getClassLoader(), type, handler);
  }
}
