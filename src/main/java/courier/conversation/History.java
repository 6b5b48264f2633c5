package courier.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import courier.http.Refusal;
import courier.http.body.JsonSchema;
import courier.mongodb.PageCursor;
import courier.mongodb.StoredJson;
import courier.socketio.SocketioConstants;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * The messages of a conversation, newest first, as many as a client asks for and may get at once.
 */
public final class History {
  private static final int LIMIT = 50;

  /** Characters from which on no further message is added. */
  private static final int ENOUGH = 256 * 1024;

  private static final int AT_A_TIME = 8;
  private static final int SECONDS = 5;

  private final JsonSchema schema;

  /**
   * @param schema a file with the JSON schema of what a client emits
   */
  public History(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /**
   * Takes what is asked for, and leaves the id of the message before which it is, or nothing.
   *
   * @throws Refusal 400
   */
  public void read(Exchange exchange) {
    Message event = exchange.getMessage();
    String argument = event.getBody(String.class);
    ObjectNode asked = schema.check(argument == null ? null : argument.getBytes(UTF_8));
    exchange.setVariable("person", event.getHeader(SocketioConstants.ROOM, String.class));
    exchange.setVariable("partner", asked.get("with").textValue());
    exchange.setVariable("limit", asked.path("limit").asInt(LIMIT));
    event.removeHeaders("*");
    event.setBody(asked.path("before").textValue());
  }

  /**
   * Knows from now on before which message it is.
   *
   * @throws Refusal 404 when there is none such in the conversation
   */
  public void before(
      Exchange exchange,
      @Body Document message,
      @Variable("person") String person,
      @Variable("partner") String partner) {
    if (message == null
        || !message.get("from").equals(person) && !message.get("to").equals(person)
        || !message.get("from").equals(partner) && !message.get("to").equals(partner)) {
      throw new Refusal(404, "There is no message with the id `before` in this conversation.");
    }
    exchange.setVariable("before", message);
  }

  /** Makes the query of {@code mongodb:…?operation=findAll} for what the person sent. */
  public void sent(
      Message request, @Variable("person") String person, @Variable("partner") String partner) {
    query(request, person, partner);
  }

  /** The same for what the partner sent. */
  public void received(
      Message request, @Variable("person") String person, @Variable("partner") String partner) {
    query(request, partner, person);
  }

  private static void query(Message request, String from, String to) {
    Exchange exchange = request.getExchange();
    Document filter = new Document("from", from).append("to", to);
    Document before = exchange.getVariable("before", Document.class);
    if (before != null) {
      new PageCursor(NewestFirst.MEMBERS)
          .restrict(filter, NewestFirst.MEMBERS.stream().map(before::get).toList());
    }
    request.setHeader(MongoDbConstants.CRITERIA, filter);
    request.setHeader(MongoDbConstants.SORT_BY, NewestFirst.sort());
    request.setHeader(MongoDbConstants.LIMIT, exchange.getVariable("limit"));
    request.setBody(null);
  }

  /** Both, one after the other, as {@code {"messages":[…]}}; less than that if they are large. */
  public void answer(
      Message answer,
      @Body FindIterable<Document> received,
      @Variable("sent") FindIterable<Document> sent,
      @Variable("person") String person,
      @Variable("partner") String partner,
      @Variable("limit") int limit) {
    StringBuilder json = new StringBuilder("{\"messages\":[");
    try (MongoCursor<Document> from = cursor(received);
        MongoCursor<Document> to = cursor(sent)) {
      boolean alone = person.equals(partner);
      Merged messages = new Merged(from, alone ? Collections.emptyIterator() : to);
      for (int i = 0; i < limit && messages.hasNext() && json.length() < ENOUGH; i++) {
        json.append(i == 0 ? "" : ",").append(new String(StoredJson.of(messages.next()), UTF_8));
      }
    } catch (MongoExecutionTimeoutException e) {
      throw new Refusal(503, "It took too long to find the messages. Ask again in a moment.");
    }
    answer.removeHeaders("*");
    answer.setBody(json.append("]}").toString());
  }

  private static MongoCursor<Document> cursor(FindIterable<Document> found) {
    return found.batchSize(AT_A_TIME).maxTime(SECONDS, TimeUnit.SECONDS).iterator();
  }
}
