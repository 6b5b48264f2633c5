package courier.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The body of an answer that says no, after RFC 9457: {@code
 * {"type":"about:blank","title","status","detail"}}, where it helps with {@code
 * "errors":[{"field","detail"}]} and the {@code "id"} of the message it is about.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type, String title, int status, String detail, List<FieldError> errors, String id) {

  public static final String CONTENT_TYPE = "application/problem+json";

  private static final JsonMapper JSON = new JsonMapper();

  /** A field (or header) by name, and what is wrong with it. */
  public record FieldError(String field, String detail) {}

  public static Problem of(int status, String detail) {
    String title = HttpResponseStatus.valueOf(status).reasonPhrase();
    return new Problem("about:blank", title, status, detail, List.of(), null);
  }

  public Problem withErrors(List<FieldError> errors) {
    return new Problem(type, title, status, detail, errors, id);
  }

  public Problem withId(String id) {
    return new Problem(type, title, status, detail, errors, id);
  }

  /** As UTF-8 JSON. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
