package courier.message;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.bulk.BulkWriteError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.bson.Document;

/** What is to be done about messages that MongoDB did not take. */
public final class RefusedWrite {
  private static final int DUPLICATE_KEY = 11000;

  /**
   * MongoDB's codes for a document that it will never take: BadValue, FailedToParse, TypeMismatch,
   * Overflow, InvalidBSON, the field names it does not allow, DocumentValidationFailure, too large.
   */
  private static final Set<Integer> FOR_GOOD =
      Set.of(2, 9, 14, 15, 22, 52, 53, 55, 56, 57, 121, 10334, 17280, 17419, 17420);

  /** After a bulk write that failed: lets those of its messages know that were stored. */
  public void noteStored(Exchange exchange, @Variable("messages") List<ReceivedMessage> messages) {
    MongoBulkWriteException bulk = cause(exchange, MongoBulkWriteException.class);
    if (bulk == null || bulk.getWriteConcernError() != null) {
      return; // then all of them are written once more
    }
    Set<Integer> refused =
        bulk.getWriteErrors().stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
    for (int i = 0; i < messages.size(); i++) {
      if (!refused.contains(i)) {
        messages.get(i).stored();
      }
    }
  }

  /** Whether a message is still to be stored. */
  public boolean isLeft(ReceivedMessage message) {
    return !message.isStored();
  }

  /**
   * After the write of one message that failed: leaves its id as the body when there is one stored
   * with it already.
   *
   * @throws PoisonException when MongoDB will never take it
   * @throws Exception what failed, when it is something else
   */
  public void examine(Exchange exchange, @Variable("message") ReceivedMessage message)
      throws Exception {
    MongoException failure = cause(exchange, MongoException.class);
    int code = failure.getCode();
    if (failure instanceof MongoBulkWriteException bulk) {
      if (bulk.getWriteErrors().isEmpty()) {
        throw new MongoWriteConcernException(
            bulk.getWriteConcernError(), null, bulk.getServerAddress(), bulk.getErrorLabels());
      }
      code = bulk.getWriteErrors().get(0).getCode();
    }
    if (FOR_GOOD.contains(code)) {
      // Not as the cause, by which an error policy would take it for an outage.
      throw new RefusedByStoreException(failure.getMessage());
    }
    if (code != DUPLICATE_KEY) {
      throw failure;
    }
    exchange.getMessage().setBody(message.id());
  }

  /**
   * Lets a message that was sent before go no further. What is to be stored once more, under
   * another id, is then the body.
   *
   * @throws IdConflictException when the stored one is another message
   */
  public void compare(Exchange exchange, @Variable("message") ReceivedMessage message)
      throws IdConflictException {
    Document stored = exchange.getMessage().getBody(Document.class);
    if (stored == null) {
      throw new IllegalStateException(message.id() + " was stored, and is not any more");
    }
    exchange.getMessage().setBody(null);
    if (message.hasPlaceOf(stored)) {
      if (message.isStoredAs(stored)) {
        return; // somebody else was faster
      }
      if (message.tellApart()) {
        exchange.getMessage().setBody(message);
        return;
      }
    }
    if (!message.isSameAs(stored)) {
      throw new IdConflictException(message.id());
    }
    exchange.setProperty("kept", false);
  }

  private static <T> T cause(Exchange exchange, Class<T> type) {
    return ObjectHelper.getException(
        type, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }
}
