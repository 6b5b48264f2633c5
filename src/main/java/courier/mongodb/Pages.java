package courier.mongodb;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import courier.http.LongAnswers;
import courier.http.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Pages through a collection, newest first: {@code ?limit=} and the opaque {@code ?before=} of the
 * {@code Link: <…>; rel="next"} header (RFC 8288). Without a limit it is all of it. A few documents
 * are read at a time, as the client takes them.
 */
public final class Pages {
  private static final int MOST = 1000;

  /** More may be a long answer, which is not worth a query when it could not be sent. */
  private static final int MANY = 100;

  /** Documents read from MongoDB at once: while a client does not read on they are in memory. */
  static final int AT_A_TIME = 8;

  private final List<String> order;
  private final PageCursor cursor;
  private final LongAnswers answers;

  /**
   * @param order the members that order the collection, comma-separated, a date first and {@code
   *     _id} last, all of them descending
   * @param answers who sends them
   */
  public Pages(String order, LongAnswers answers) {
    this.order = List.of(order.split(","));
    this.answers = answers;
    this.cursor = new PageCursor(this.order);
  }

  /**
   * Makes the query of {@code mongodb:…?operation=findAll&outputType=MongoIterable}: for what the
   * variable {@code selection} filters by, or for all.
   */
  public void query(Message request) {
    Integer limit = QueryParameter.limit(request.getHeader("limit"), MOST);
    List<Object> before = cursor.read(request.getHeader("before"));
    String asked = request.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
    request.removeHeaders("*");
    Exchange exchange = request.getExchange();
    exchange.setVariable("asked", asked);
    Document selection = exchange.getVariable("selection", Document.class);
    // Camel takes the body of the request for the query when there is no criteria.
    request.setBody(null);
    Document sort = new Document();
    order.forEach(member -> sort.append(member, -1));
    request.setHeader(MongoDbConstants.SORT_BY, sort);
    request.setHeader(MongoDbConstants.ALLOW_DISK_USE, true);
    Document filter = selection == null ? new Document() : new Document(selection);
    if (before != null) {
      cursor.restrict(filter, before);
    }
    request.setHeader(MongoDbConstants.CRITERIA, filter);
    if (limit != null) {
      // one more than asked for tells whether there is a next page
      request.setHeader(MongoDbConstants.LIMIT, limit + 1);
    }
  }

  /** Answers with a JSON array, and the link to the next page if there is one. */
  public void answer(Exchange exchange) {
    Message answer = exchange.getMessage();
    @SuppressWarnings("unchecked")
    FindIterable<Document> found = answer.getBody(FindIterable.class);
    Integer limit = answer.getHeader(MongoDbConstants.LIMIT, Integer.class);
    Bson fields = answer.getHeader(MongoDbConstants.FIELDS_PROJECTION, Bson.class);
    if (limit == null || limit > MANY) {
      answers.expect(answer);
    }
    answer.removeHeaders("*");
    answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
    if (limit != null) {
      List<Object> ids = page(exchange, found, limit - 1);
      answers.send(answer, new JsonArrayPieces(new ByIds(found.projection(fields), ids)));
      return;
    }
    try (MongoCursor<Document> all = found.batchSize(AT_A_TIME).iterator()) {
      answers.send(answer, new JsonArrayPieces(all));
    }
  }

  /** The ids of a page. Whether there is a next one is known before the first of it is sent. */
  private List<Object> page(Exchange exchange, FindIterable<Document> found, int limit) {
    List<Document> keys = found.projection(Projections.include(order)).into(new ArrayList<>());
    if (keys.size() > limit) {
      keys.remove(limit);
      String asked = exchange.getVariable("asked", String.class);
      String path = exchange.getFromEndpoint().getEndpointBaseUri().replaceFirst("^[^/]*/*", "/");
      exchange.getMessage().setHeader("Link", cursor.link(path, asked, limit, keys.get(limit - 1)));
    }
    return keys.stream().map(key -> key.get("_id")).toList();
  }
}
