package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.kafka.RecordHeaders;
import courier.message.refused.IdConflictException;
import courier.message.refused.RefusedByStoreException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What the store refuses was stored before, or is dead-lettered, or is tried again. */
class StoreRefusalTest extends ReceiveMessageRoutes {
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

  private void returnStored(Document document) {
    found.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(List.of(document)));
  }
}
