package courier.store;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * Pages through a collection, newest first: {@code ?limit=} and the opaque {@code ?before=} of the
 * {@code Link: <…>; rel="next"} header (RFC 8288). Without a limit all of it is streamed.
 */
public final class Pages {
  private static final int MOST = 1000;

  private final List<String> order;
  private final Cursor cursor;

  /**
   * @param order the members that order the collection, comma-separated, a date first and {@code
   *     _id} last, all of them descending
   */
  public Pages(String order) {
    this.order = List.of(order.split(","));
    this.cursor = new Cursor(this.order);
  }

  /**
   * Makes the query of {@code mongodb:…?operation=findAll&outputType=MongoIterable}: for what the
   * variable {@code selection} filters by, or for all.
   */
  public void query(Message request) {
    Integer limit = limit(request.getHeader("limit"));
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

  /** Makes the answer: a JSON array, streamed, and the link to the next page if there is one. */
  public void answer(Exchange exchange) {
    Message answer = exchange.getMessage();
    @SuppressWarnings("unchecked")
    FindIterable<Document> found = answer.getBody(FindIterable.class);
    Integer limit = answer.getHeader(MongoDbConstants.LIMIT, Integer.class);
    String path = exchange.getFromEndpoint().getEndpointBaseUri().replaceFirst("^[^/]*/*", "/");
    answer.removeHeaders("*");
    answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
    MongoCursor<Document> results = found.iterator();
    if (limit == null) {
      answer.setBody(new JsonArrayStream(results, results));
      return;
    }
    List<Document> page = new ArrayList<>(limit);
    try (results) {
      results.forEachRemaining(page::add);
    }
    if (page.size() == limit) {
      page.remove(limit - 1);
      String next = cursor.of(page.get(page.size() - 1));
      String asked = exchange.getVariable("asked", String.class);
      String same = asked.replaceAll("(^|&)(limit|before)=[^&]*", "").replaceAll("^&", "");
      answer.setHeader(
          "Link",
          "<%s?limit=%d&before=%s%s>; rel=\"next\""
              .formatted(path, limit - 1, next, same.isEmpty() ? "" : "&" + same));
    }
    answer.setBody(new JsonArrayStream(page.iterator(), () -> {}));
  }

  private static Integer limit(Object value) {
    if (value == null) {
      return null;
    }
    try {
      int limit = Integer.parseInt(value.toString());
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Refusal("limit", "must be a number from 1 to " + MOST);
  }
}
