package courier.transfer;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import courier.deadletter.Desk;
import courier.deadletter.note.GroupNotes;
import courier.erasure.ErasedDocuments;
import courier.erasure.ErasedPeople;
import courier.http.Refusal;
import courier.http.RequestBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bson.Document;

/**
 * Takes in documents that are sent as lines. One whose id is there is left as it is, one that is of
 * somebody who was erased is left out, and one that cannot be is told with its line; the others go
 * on. No more is read than is stored.
 */
public final class Import {
  private static final String TYPE = "application/x-ndjson";
  private static final int AT_ONCE = 2;

  private final MongoCollection<Document> letters;
  private final MongoCollection<Document> messages;
  private final GroupNotes groups;
  private final ErasedDocuments erased;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * @param topic of the messages
   */
  public Import(MongoClient mongo, String database, ErasedPeople erased, String topic) {
    letters = Desk.collection(mongo, database);
    messages =
        mongo
            .getDatabase(database)
            .getCollection("messages")
            .withWriteConcern(WriteConcern.MAJORITY);
    groups = new GroupNotes(mongo, database);
    this.erased = new ErasedDocuments(erased, topic);
  }

  /** Dead letters. One that was being replayed is open; what is said of groups is said of them. */
  public void letters(Exchange exchange) {
    run(
        exchange,
        new Batch(letters, ImportedLetter::of, erased::hasLetter) {
          @Override
          void stored(List<Document> some) {
            Map<String, String> names = new HashMap<>();
            some.forEach(each -> names.put(each.getString("group"), ""));
            groups.mark(names, some.stream().map(each -> each.getString("_id")).toList());
          }
        });
  }

  /** Messages. They are neither announced nor pushed: who asks for them has them. */
  public void messages(Exchange exchange) {
    run(exchange, new Batch(messages, Importable.MESSAGE::check, erased::hasMessage));
  }

  private void run(Exchange exchange, Batch batch) {
    Message request = exchange.getMessage();
    if (!request.getHeader(Exchange.CONTENT_TYPE, "", String.class).startsWith(TYPE)) {
      throw new Refusal(415, "Send the lines as " + TYPE + ".");
    }
    if (!free.tryAcquire()) {
      throw new Refusal(503, "Others import at the moment: send it again.");
    }
    try (RequestBody body = RequestBody.of(request)) {
      Lines lines = new Lines(body);
      while (batch.take(lines)) {
        batch.store();
      }
      batch.store();
    } catch (IOException e) {
      throw new Refusal(
          400, "The lines ended too early (%s). %s".formatted(e.getMessage(), batch.said()));
    } finally {
      free.release();
    }
    batch.answer(request);
  }
}
