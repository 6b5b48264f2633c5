package courier.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import org.apache.camel.Exchange;
import org.apache.camel.component.mongodb.CamelMongoDbException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** What leaves a whole batch uncommitted, so that it comes again. */
class BatchComesAgainTest extends ReceiveMessageRoutes {
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
}
