package courier.http.content;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * What everybody gets alike, as it is or in gzip. A client asks whether what it has is still so
 * ({@code If-None-Match}); the two have tags of their own (RFC 9110, 8.8.3.3).
 */
public final class Content {
  private final String type;
  private final Buffer bytes;
  private final String tag;
  private volatile Optional<Buffer> zipped;

  public Content(String type, Buffer bytes) {
    this.type = type;
    this.bytes = bytes;
    this.tag = EntityTag.of(bytes.getBytes());
  }

  /** Answers a GET or a HEAD; what has been put into the answer's headers stays. */
  public void answer(RoutingContext context) {
    boolean zip =
        AcceptEncoding.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))
            && zipped().isPresent();
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, '"' + tag + (zip ? "-gzip\"" : "\""))
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (zipped().isPresent()) {
      response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    if (context.isFresh()) {
      response.setStatusCode(304).end();
      return;
    }
    Buffer sent = zip ? zipped().orElseThrow() : bytes;
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(sent.length()));
    if (zip) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, Gzip.NAME);
    }
    if (context.request().method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(sent);
    }
  }

  /** Empty when it is not worth it. */
  private Optional<Buffer> zipped() {
    if (zipped == null) {
      zipped =
          Optional.of(bytes)
              .filter(all -> all.length() >= Gzip.WORTH_IT)
              .map(all -> Buffer.buffer(Gzip.whole(all.getBytes(), false)))
              .filter(smaller -> smaller.length() < bytes.length());
    }
    return zipped;
  }
}
