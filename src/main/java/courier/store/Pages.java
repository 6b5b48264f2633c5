package courier.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import courier.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * Pages through a collection, newest first: {@code ?limit=} and the opaque {@code ?before=} of the
 * {@code Link: <…>; rel="next"} header (RFC 8288). Without a limit all of it is streamed.
 */
public final class Pages {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 1000;

  private final List<String> order;

  /**
   * @param order the members that order the collection, comma-separated, a date first and {@code
   *     _id} last, all of them descending
   */
  public Pages(String order) {
    this.order = List.of(order.split(","));
  }

  /** Makes the query of {@code mongodb:…?operation=findAll&outputType=MongoIterable}. */
  public void query(Message request) {
    Integer limit = limit(request.getHeader("limit"));
    List<Object> before = before(request.getHeader("before"));
    request.removeHeaders("*");
    // Camel takes the body of the request for the query when there is no criteria.
    request.setBody(null);
    Document sort = new Document();
    order.forEach(member -> sort.append(member, -1));
    request.setHeader(MongoDbConstants.SORT_BY, sort);
    request.setHeader(MongoDbConstants.ALLOW_DISK_USE, true);
    request.setHeader(
        MongoDbConstants.CRITERIA, before == null ? new Document() : olderThan(before));
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
    MongoCursor<Document> cursor = found.iterator();
    if (limit == null) {
      answer.setBody(new JsonArrayStream(cursor, cursor));
      return;
    }
    List<Document> page = new ArrayList<>(limit);
    try (cursor) {
      cursor.forEachRemaining(page::add);
    }
    if (page.size() == limit) {
      page.remove(limit - 1);
      String next = cursor(page.get(page.size() - 1));
      answer.setHeader(
          "Link", "<%s?limit=%d&before=%s>; rel=\"next\"".formatted(path, limit - 1, next));
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

  private List<Object> before(Object value) {
    if (value == null) {
      return null;
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(value.toString());
      List<?> read = JSON.readValue(json, List.class);
      List<Object> values = new ArrayList<>(read);
      values.set(0, new Date(((Number) values.get(0)).longValue()));
      if (values.size() == order.size()
          && values.stream().noneMatch(v -> v == null || v instanceof Map || v instanceof List)) {
        return values;
      }
    } catch (java.io.IOException
        | IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException e) {
      // said below
    }
    throw new Refusal(
        "before",
        "must be as the Link header of the page before gave it; leave it out to start anew");
  }

  private String cursor(Document last) {
    List<Object> values = new ArrayList<>();
    order.forEach(member -> values.add(last.get(member)));
    values.set(0, last.getDate(order.get(0)).getTime());
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(JSON.writeValueAsString(values).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In descending order what comes after these values: less in one member, equal in all before. */
  private Document olderThan(List<Object> values) {
    List<Document> alternatives = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Document alternative = new Document();
      for (int equal = 0; equal < i; equal++) {
        alternative.append(order.get(equal), values.get(equal));
      }
      alternatives.add(alternative.append(order.get(i), new Document("$lt", values.get(i))));
    }
    // Said once more at the top for the index, which an alternative alone does not lead into.
    return new Document(order.get(0), new Document("$lte", values.get(0)))
        .append("$or", alternatives);
  }
}
