package courier.deadletter;

import courier.http.JsonBody;
import courier.http.Refusal;
import courier.message.Rfc3339;
import courier.store.StoredJson;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What a person does to one dead letter. Each action is a compare-and-set on the state and the
 * number of replays it was decided on, so that of two only one takes place.
 */
public final class Desk {
  private static final Map<String, String> STATES =
      Map.of(
          State.FAILED, "It is open: replay it, or discard it.",
          State.QUEUED, "It waits in a bulk replay: stop that, or wait for its turn.",
          State.REPLAYING, "It is being replayed at this moment.",
          State.REPLAYED, "It was replayed, and has not failed since.",
          State.DISCARDED, "It was discarded: undo that first.",
          State.PARKED, "It has failed again after each replay there may be: discard it.");

  /** Sends it to its topic again, edited if there is something to send instead. */
  public List<Document> replay(Exchange exchange, @Variable("by") String by) {
    Document letter = inState(exchange, State.FAILED);
    byte[] edited = exchange.getVariable("edited", byte[].class);
    if (letter.containsKey("valueOmitted") && edited == null) {
      throw new Refusal(
          409,
          "Its value is too large to be kept here: send the record %s-%s-%s again."
              .formatted(letter.get("topic"), letter.get("partition"), letter.get("offset")));
    }
    int replay = letter.getInteger("replays") + 1;
    Document set = Replay.begin(by, exchange.getExchangeId()).append("replays", replay);
    Document update = new Document("$set", set);
    if (edited == null) {
      update.append("$unset", new Document("edited", ""));
    } else {
      set.append("edited", new Binary(edited));
      update.append("$push", History.push(History.edited(by, edited)));
    }
    List<Document> change = change(letter, update);
    letter.remove("edited");
    letter.putAll(set);
    return change;
  }

  public List<Document> discard(Exchange exchange, @Variable("by") String by) {
    Document letter = inState(exchange, State.FAILED, State.PARKED);
    Document set =
        new Document("state", State.DISCARDED).append("discardedFrom", letter.get("state"));
    return change(
        letter,
        new Document("$set", set).append("$push", History.push(History.entry("discarded", by))));
  }

  /** Takes a discard back. */
  public List<Document> undo(Exchange exchange, @Variable("by") String by) {
    Document letter = inState(exchange, State.DISCARDED);
    return change(
        letter,
        new Document("$set", new Document("state", letter.get("discardedFrom")))
            .append("$push", History.push(History.entry("undone", by))));
  }

  private static List<Document> change(Document letter, Document update) {
    Document decidedOn =
        new Document("_id", letter.get("_id"))
            .append("state", letter.get("state"))
            .append("replays", letter.get("replays"));
    return List.of(decidedOn, update);
  }

  private static Document inState(Exchange exchange, String... states) {
    Document letter = exchange.getMessage().getBody(Document.class);
    if (letter == null) {
      throw new Refusal(404, "There is no dead letter with this id.");
    }
    exchange.setVariable("letter", letter);
    String state = letter.getString("state");
    if (!List.of(states).contains(state)) {
      List<Document> history = letter.getList(History.FIELD, Document.class);
      Document last = history.get(history.size() - 1);
      throw new Refusal(
          409,
          "%s (%s by %s at %s)"
              .formatted(
                  STATES.get(state),
                  last.get("action"),
                  last.get("by"),
                  Rfc3339.format(last.getDate("at").toInstant())));
    }
    return letter;
  }

  /**
   * After the update.
   *
   * @throws Refusal 409 when somebody else was faster
   */
  public void confirm(Message updated) {
    if (updated.getHeader(MongoDbConstants.RECORDS_MATCHED, 0L, Long.class) == 0) {
      throw new Refusal(409, "Somebody else has just changed it: look at it again.");
    }
  }

  /** {@code {"id","state","replays"}}. */
  public void answer(
      Message answer, @Variable("state") String state, @Variable("letter") Document letter) {
    Document body =
        new Document("id", letter.get("_id"))
            .append("state", state == null ? letter.get("discardedFrom") : state)
            .append("replays", letter.get("replays"));
    JsonBody.write(answer, StoredJson.of(body));
  }

  /**
   * @throws Refusal 409 when Kafka did not take the record, and will not
   */
  public void requireSent(@Variable("notSent") String why) {
    if (why != null) {
      throw new Refusal(409, "It could not be sent to its topic: " + why);
    }
  }
}
