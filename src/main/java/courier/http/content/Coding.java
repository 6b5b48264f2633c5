package courier.http.content;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** How the pieces of a long answer are encoded. */
public interface Coding extends AutoCloseable {
  /** The next piece, all of which can be read when it has come. */
  byte[] piece(byte[] piece, boolean last);

  @Override
  void close();

  /** The one that a client takes, which the head of the answer says. */
  static Coding of(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (AcceptEncoding.takesGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, Gzip.NAME);
      return new Gzip(true);
    }
    return new Coding() {
      @Override
      public byte[] piece(byte[] piece, boolean last) {
        return piece;
      }

      @Override
      public void close() {
        // nothing is kept
      }
    };
  }
}
