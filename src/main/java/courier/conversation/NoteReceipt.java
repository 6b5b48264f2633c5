package courier.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.result.UpdateResult;
import courier.http.Refusal;
import courier.socketio.SocketioConstants;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * Notes that a message, and with it all before it in its conversation, has come to whom it was sent
 * or was read there. The status is the variable {@code status}.
 */
public final class NoteReceipt {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Makes the query of {@code mongodb:…?operation=findById} for the message that a client names.
   *
   * @throws Refusal 400
   */
  public void find(Exchange exchange) {
    Message event = exchange.getMessage();
    exchange.setVariable("person", event.getHeader(SocketioConstants.ROOM, String.class));
    String id = id(event.getBody(String.class));
    event.removeHeaders("*");
    event.setBody(id);
  }

  private static String id(String argument) {
    try {
      JsonNode id = argument == null ? null : JSON.readTree(argument);
      if (id != null && id.isTextual() && !id.textValue().isEmpty()) {
        return id.textValue();
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new Refusal(400, "Send the `_id` of a message, as a string.");
  }

  /**
   * Makes the update of {@code mongodb:…?operation=update}. It finds the receipt unless that names
   * this message or a later one: then the upsert is a duplicate key.
   *
   * @throws Refusal 404 or 403
   */
  public void update(Exchange exchange) {
    Message message = exchange.getMessage();
    Document found = message.getBody(Document.class);
    if (found == null) {
      throw new Refusal(404, "There is no message with this id.");
    }
    String person = exchange.getVariable("person", String.class);
    if (!found.get("to").equals(person)) {
      throw new Refusal(403, "The message is not for the name that you connected with.");
    }
    String status = exchange.getVariable("status", String.class);
    Mark mark = Mark.of(found);
    String partner = found.getString("from");
    exchange.setVariable(
        "noted",
        new MessageStatus(person, partner, status, mark.id(), mark.partition(), mark.offset()));
    Document earlier = new Document("_id", Receipts.id(person, partner));
    earlier.putAll(mark.isAfter(status));
    message.setHeader(MongoDbConstants.CRITERIA, earlier);
    message.setHeader(MongoDbConstants.UPSERT, true);
    message.setBody(new Document("$set", new Document(status, mark.document())));
  }

  /** Whether it was not noted before. */
  public boolean isNew(@Body UpdateResult result) {
    return result.getMatchedCount() > 0 || result.getUpsertedId() != null;
  }
}
