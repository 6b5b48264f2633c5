package courier.http.content;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.apache.camel.Message;

/**
 * The headers of a message that are a request's query parameters. Camel makes the one of the other,
 * and of what a route leaves of them headers of its answer: a link could say where it redirects, or
 * that it is a page.
 */
public final class QueryHeaders {
  private QueryHeaders() {}

  /** Before the headers of an answer go out; those that a route has set otherwise stay. */
  public static void drop(Message answer, HttpServerRequest request) {
    if (request.query() == null) {
      return;
    }
    MultiMap query = request.params();
    for (String name : query.names()) {
      Object header = answer.getHeader(name);
      List<?> values =
          header instanceof List<?> several ? several : List.of(String.valueOf(header));
      if (values.stream().anyMatch(query.getAll(name)::contains)) {
        answer.removeHeader(name);
      }
    }
  }
}
