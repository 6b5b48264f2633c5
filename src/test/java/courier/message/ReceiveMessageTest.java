package courier.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import courier.deadletter.record.OriginalRecord;
import courier.message.refused.NotJsonException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** What becomes of good records, of poison, and of what fails in a step, one batch at a time. */
class ReceiveMessageTest extends ReceiveMessageRoutes {
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
}
