package courier.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * A place between two documents of an order, opaque to who pages through them.
 *
 * @param order the members that order the documents, a date first
 */
public record PageCursor(List<String> order) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * @return the values it was made of, or null when there is none
   * @throws Refusal 400
   */
  public List<Object> read(Object value) {
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

  /**
   * The header {@code Link} of a page.
   *
   * @param path of the list
   * @param asked the query of this page
   * @param last the document that it ends with
   */
  public String link(String path, String asked, int limit, Document last) {
    String same = asked.replaceAll("(^|&)(limit|before)=[^&]*", "").replaceAll("^&", "");
    return "<%s?limit=%d&before=%s%s>; rel=\"next\""
        .formatted(path, limit, of(last), same.isEmpty() ? "" : "&" + same);
  }

  /** The one after this document. */
  String of(Document last) {
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

  /**
   * Lets a filter find only what comes after these values: in descending order less in one member,
   * equal in all before.
   */
  public void restrict(Document filter, List<Object> values) {
    List<Document> alternatives = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Document alternative = new Document();
      for (int equal = 0; equal < i; equal++) {
        alternative.append(order.get(equal), values.get(equal));
      }
      alternatives.add(alternative.append(order.get(i), new Document("$lt", values.get(i))));
    }
    Object selected = filter.remove("$or");
    if (selected == null) {
      filter.append("$or", alternatives);
    } else {
      Document both = new Document("$or", alternatives);
      filter.append("$and", List.of(new Document("$or", selected), both));
    }
    // Said once more at the top for the index, which an alternative alone does not lead into.
    Document bounds = filter.get(order.get(0), new Document());
    filter.append(order.get(0), new Document(bounds).append("$lte", values.get(0)));
  }
}
