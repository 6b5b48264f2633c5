package courier.http.content;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * What a client asked of the form of a route's answer, which the route need not know: a HEAD has no
 * body and the headers of the GET, what the client has already ({@code If-None-Match}) is a 304,
 * and what is long is in gzip if it takes that. What is neither text nor bytes is JSON. Each answer
 * that is no stream has a tag.
 *
 * @param personal whether nobody may keep it for the next one at the same screen
 */
public record Representation(
    HttpServerRequest request, HttpServerResponse response, boolean personal) {

  /** Of the request that an exchange has begun with. */
  public static Representation of(Exchange exchange, boolean personal) {
    HttpMessage message = exchange.getMessage(HttpMessage.class);
    return new Representation(message.getRequest(), message.getResponse(), personal);
  }

  /**
   * Gives the answer its form, once the route has made it; nothing when it is out already. Only
   * here it becomes a ByteBuffer, which can be read once: steps and tracers read it before.
   *
   * @param json makes JSON of a value
   */
  public void fit(Exchange exchange, Function<Object, byte[]> json) {
    if (response.headWritten() || exchange.getException() != null) {
      return;
    }
    Message answer = exchange.getMessage();
    QueryHeaders.drop(answer, request);
    if (isValue(exchange.getContext(), answer.getBody())) {
      answer.setBody(json.apply(answer.getBody()));
      // What was posted may be the type that is left, or a kind of JSON that the route names.
      if (!answer.getHeader(Exchange.CONTENT_TYPE, "", String.class).contains("json")) {
        answer.setHeader(Exchange.CONTENT_TYPE, "application/json");
      }
    } else if (answer.getBody() instanceof String
        && answer.getHeader(Exchange.CONTENT_TYPE) == null) {
      // A browser would guess, and take it for a page.
      answer.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
    }
    byte[] body = bytes(answer.getBody());
    boolean head = request.method() == HttpMethod.HEAD;
    if ((head || request.method() == HttpMethod.GET)
        && body != null
        && answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class) == 200) {
      answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
      body = smallest(body, answer);
    }
    if (head) {
      answer.setHeader(
          Exchange.HTTP_RESPONSE_CODE, answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 200));
      answer.setBody(null);
      if (body != null) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
      }
    } else if (body != null) {
      // It goes out in one write with its Content-Length, a byte[] through a stream.
      answer.setBody(ByteBuffer.wrap(body));
    }
  }

  /** What to send; null when the client has it. */
  private byte[] smallest(byte[] body, Message answer) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, personal ? "no-store" : "no-cache");
    if (answer.getHeader("ETag") == null) {
      String tag = EntityTag.of(body);
      // A weak one, as its gzip is another one each time.
      answer.setHeader("ETag", "W/\"" + tag + '"');
      if (EntityTag.isAmong(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
        answer.removeHeader(Exchange.CONTENT_TYPE);
        answer.setBody(null);
        return null;
      }
    }
    if (body.length < Gzip.WORTH_IT || answer.getHeader("Content-Encoding") != null) {
      return body;
    }
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!AcceptEncoding.takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      return body;
    }
    answer.setHeader("Content-Encoding", Gzip.NAME);
    return Gzip.whole(body, true);
  }

  /** What Camel has no bytes for, and numbers, of which it takes their bits. */
  private static boolean isValue(CamelContext context, Object body) {
    return body instanceof Number
        || body != null
            && !(body instanceof byte[] || body instanceof String)
            && Stream.of(InputStream.class, ByteBuffer.class, Buffer.class)
                .allMatch(
                    type ->
                        !type.isInstance(body)
                            && context.getTypeConverterRegistry().lookup(type, body.getClass())
                                == null);
  }

  /** Null of what is not known before it is sent. */
  private static byte[] bytes(Object body) {
    if (body instanceof byte[] array) {
      return array;
    }
    if (body instanceof ByteBuffer buffer) {
      byte[] array = new byte[buffer.remaining()];
      buffer.duplicate().get(array);
      return array;
    }
    return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
  }
}
