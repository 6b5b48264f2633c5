package courier.message;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.Filters;
import courier.failure.FailureKind;
import courier.message.refused.IdConflictException;
import courier.message.refused.RefusedByStoreException;
import courier.message.refused.RefusedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.apache.camel.util.ObjectHelper;
import org.bson.Document;

/**
 * What is to be done about messages that MongoDB did not take in a write of many: they go out of
 * the variable {@code messages}, and into {@code refused} with the reason if they are poison.
 */
public final class RefusedWrite {
  /** Exchange variable: the messages whose id is that of a stored one, by id. */
  private static final String TAKEN = "taken";

  /** Exchange variable: what the store said of each of them, by id. */
  private static final String SAID = "said";

  /**
   * Makes the query of {@code mongodb:…?operation=findAll} for those that have their ids already.
   *
   * @throws MongoBulkWriteException as it was, when another try may store some
   */
  public void examine(
      Exchange exchange,
      @Variable("messages") List<ReceivedMessage> messages,
      @Variable(RefusedRecord.VARIABLE) List<RefusedRecord> refused) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    MongoBulkWriteException bulk =
        ObjectHelper.getException(MongoBulkWriteException.class, failure);
    Map<String, List<ReceivedMessage>> taken = new HashMap<>();
    Map<String, BulkWriteError> said = new HashMap<>();
    Map<ReceivedMessage, String> poison = new IdentityHashMap<>();
    for (BulkWriteError error : bulk.getWriteErrors()) {
      ReceivedMessage message = messages.get(error.getIndex());
      if (FailureKind.isIdTaken(error)) {
        taken.computeIfAbsent(message.id(), id -> new ArrayList<>()).add(message);
        said.put(message.id(), error);
      } else if (FailureKind.isForGood(error)) {
        poison.put(message, error.getMessage());
      } else {
        throw bulk;
      }
    }
    messages.removeIf(poison::containsKey);
    poison.forEach(
        (message, why) -> refused.add(message.refused(new RefusedByStoreException(why))));
    exchange.setVariable(TAKEN, taken);
    exchange.setVariable(SAID, said);
    exchange.getMessage().setBody(null);
    exchange.getMessage().setHeader(MongoDbConstants.CRITERIA, Filters.in("_id", taken.keySet()));
  }

  /**
   * Sorts those whose ids are taken: sent before, or another message that has no right to it.
   *
   * @return whether some are to be stored once more, under another id
   */
  public boolean compare(
      @Body Iterable<Document> found,
      @Variable("messages") List<ReceivedMessage> messages,
      @Variable(RefusedRecord.VARIABLE) List<RefusedRecord> refused,
      @Variable(TAKEN) Map<String, List<ReceivedMessage>> taken,
      @Variable(SAID) Map<String, BulkWriteError> said,
      @Variable(Tally.DUPLICATES) AtomicInteger duplicates) {
    boolean toldApart = false;
    Set<ReceivedMessage> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Document stored : found) {
      for (ReceivedMessage message : taken.remove(stored.getString("_id"))) {
        if (message.hasPlaceOf(stored)) {
          if (message.isStoredAs(stored)) {
            continue; // by another instance, which may not have come to let the others know
          }
          if (message.tellApart()) {
            toldApart = true;
            continue;
          }
        }
        gone.add(message);
        if (message.isSameAs(stored)) {
          duplicates.incrementAndGet();
        } else {
          refused.add(message.refused(new IdConflictException(message.id())));
        }
      }
    }
    taken.forEach(
        (id, some) -> {
          if (FailureKind.isOfNamedIndex(said.get(id))) {
            throw new IllegalStateException("stored before, and not any more: " + id);
          }
          // Some servers do not say which index, so it was one of the user's own.
          gone.addAll(some);
          String why = said.get(id).getMessage();
          some.forEach(message -> refused.add(message.refused(new RefusedByStoreException(why))));
        });
    messages.removeIf(gone::contains);
    return toldApart;
  }
}
