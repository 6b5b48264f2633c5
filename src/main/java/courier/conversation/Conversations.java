package courier.conversation;

import com.fasterxml.jackson.databind.util.RawValue;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import courier.http.AtOnce;
import courier.http.ClientAddress;
import courier.http.LongAnswers;
import courier.http.QueryParameter;
import courier.http.Refusal;
import courier.mongodb.JsonArrayPieces;
import courier.mongodb.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.bson.Document;

/** The conversations of a person, newest first: the last message, and what is read of them. */
public final class Conversations {
  private static final int MOST = 100;
  private static final int MOST_UNREAD = 1000;

  /** Messages with their text in memory while a client does not read on. */
  private static final int AT_A_TIME = 8;

  private static final int SECONDS = 5;
  private static final String WAIT = "Too many ask for conversations at the moment: ask again.";
  private static final Document ID = new Document("_id", 1);

  private final MongoDatabase database;
  private final LongAnswers answers;
  private final AtOnce underWay = new AtOnce(16, 8);

  /**
   * @param answers who sends them
   */
  public Conversations(MongoClient mongo, String database, LongAnswers answers) {
    this.database = mongo.getDatabase(database);
    this.answers = answers;
  }

  /**
   * Answers for {@code ?clientId=}, with {@code ?limit=} at most.
   *
   * @throws Refusal 400, 429 or 503
   */
  public void list(Exchange exchange) {
    Message message = exchange.getMessage();
    String person = person(message.getHeader("clientId"));
    int limit = limit(message.getHeader("limit"));
    String address =
        ClientAddress.of(exchange.getMessage(HttpMessage.class).getRequest()).getHostAddress();
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    underWay.begin(address, WAIT, WAIT);
    try {
      answers.send(message, new JsonArrayPieces(of(person, limit)));
    } finally {
      underWay.end(address);
    }
  }

  static String person(Object clientId) {
    String person = QueryParameter.clientId(clientId, "say whose conversations");
    if (person == null) {
      throw new Refusal("clientId", "is missing: say whose conversations");
    }
    return person;
  }

  static int limit(Object value) {
    Integer limit = QueryParameter.limit(value, MOST);
    return limit == null ? MOST : limit;
  }

  /** All is known when it returns but the text of the messages, which may be much. */
  Iterator<Document> of(String person, int limit) {
    MongoCollection<Document> messages = database.getCollection("messages");
    try {
      Deadline deadline = new Deadline(SECONDS);
      Map<String, Document> last = new Partners(messages, person, deadline).lastMessages(limit);
      Map<Object, Document> receipts = receipts(person, last.keySet(), deadline);
      List<Document> conversations = new ArrayList<>();
      last.forEach(
          (partner, message) -> {
            Document own = receipts.get(Receipts.id(person, partner));
            Document theirs = receipts.get(Receipts.id(partner, person));
            Mark delivered = Mark.in(theirs, Receipts.DELIVERED);
            Mark read = Mark.in(theirs, Receipts.READ);
            conversations.add(
                new Document("partner", partner)
                    .append("last", message.get("_id"))
                    .append(
                        "unread", unread(person, partner, Mark.in(own, Receipts.READ), deadline))
                    .append("delivered", id(later(delivered, read)))
                    .append("read", id(read)));
          });
      return IntStream.iterate(0, i -> i < conversations.size(), i -> i + AT_A_TIME)
          .mapToObj(i -> conversations.subList(i, Math.min(i + AT_A_TIME, conversations.size())))
          .flatMap(some -> withLast(some, messages).stream())
          .iterator();
    } catch (MongoExecutionTimeoutException e) {
      throw Deadline.over();
    }
  }

  private Map<Object, Document> receipts(
      String person, Iterable<String> partners, Deadline deadline) {
    List<Document> ids = new ArrayList<>();
    for (String partner : partners) {
      ids.add(Receipts.id(person, partner));
      ids.add(Receipts.id(partner, person));
    }
    Map<Object, Document> receipts = new HashMap<>();
    deadline
        .limit(database.getCollection(Receipts.COLLECTION).find(Filters.in("_id", ids)))
        .forEach(receipt -> receipts.put(receipt.get("_id"), receipt));
    return receipts;
  }

  private int unread(String person, String partner, Mark read, Deadline deadline) {
    Document filter = new Document("from", partner).append("to", person);
    if (read != null) {
      filter.putAll(read.later());
    }
    return deadline
        .limit(database.getCollection("messages").find(filter))
        .projection(ID)
        .limit(MOST_UNREAD)
        .batchSize(MOST_UNREAD)
        .into(new ArrayList<>())
        .size();
  }

  /** What is read was delivered, whether that was said or not. */
  private static Mark later(Mark delivered, Mark read) {
    return delivered == null || read != null && read.covers(delivered) ? read : delivered;
  }

  private static String id(Mark mark) {
    return mark == null ? null : mark.id();
  }

  private static List<Document> withLast(
      List<Document> conversations, MongoCollection<Document> messages) {
    List<Object> ids = conversations.stream().map(each -> each.get("last")).toList();
    Map<Object, RawValue> last = new HashMap<>();
    messages.find(Filters.in("_id", ids)).forEach(one -> last.put(one.get("_id"), json(one)));
    conversations.forEach(each -> each.append("last", last.get(each.get("last"))));
    return conversations;
  }

  private static RawValue json(Document message) {
    return new RawValue(new String(StoredJson.of(message), StandardCharsets.UTF_8));
  }
}
