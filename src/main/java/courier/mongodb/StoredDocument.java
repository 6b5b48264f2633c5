package courier.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import courier.http.Refusal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bson.Document;

/** One document by the {@code id} of the path: a JSON object, or 404. */
public final class StoredDocument {
  /** Makes the query of {@code mongodb:…?operation=findById}. */
  public void query(Message request) {
    String id = id(request);
    request.removeHeaders("*");
    request.setBody(id);
  }

  /** The {@code id} of a request's path. */
  public static String id(Message request) {
    Object id = request.getHeader("id");
    // A query parameter of the same name comes first, the path's own value last.
    return String.valueOf(id instanceof List<?> ids ? ids.get(ids.size() - 1) : id);
  }

  public void answer(Message answer) throws JsonProcessingException {
    Document found = answer.getBody(Document.class);
    if (found == null) {
      throw new Refusal(404, "There is none with this id.");
    }
    answer.removeHeaders("*");
    answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
    answer.setBody(StoredJson.WRITER.writeValueAsBytes(found));
  }
}
