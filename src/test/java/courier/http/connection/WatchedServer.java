package courier.http.connection;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.tls.Tls;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real HTTP server on a free port that watches over its connections, until the test is over. */
public final class WatchedServer implements AfterEachCallback {
  private HttpVertx vertx;
  private Optional<Tls> tls = Optional.empty();
  private int port;

  void serve(HttpLimits limits, Handler<HttpServerRequest> handler) {
    serve(limits, new ClientAddress(""), handler);
  }

  public void serve(
      HttpLimits limits, ClientAddress addresses, Handler<HttpServerRequest> handler) {
    serve(limits, addresses, true, handler);
  }

  void serve(
      HttpLimits limits,
      ClientAddress addresses,
      boolean http2,
      Handler<HttpServerRequest> handler) {
    vertx = HttpVertx.of(new VertxOptions(), limits, addresses, http2, tls);
    port =
        vertx
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();
  }

  /** Has it speak TLS from its next start on. */
  void secure(Tls tls) {
    this.tls = Optional.of(tls);
  }

  public Vertx vertx() {
    return vertx;
  }

  public int port() {
    return port;
  }

  /** A handler that answers with more than any buffer takes, and tells when that has an end. */
  static Handler<HttpServerRequest> answerMuch(AtomicBoolean closed) {
    return request -> {
      request.connection().closeHandler(gone -> closed.set(true));
      request.response().end(Buffer.buffer(new byte[32 << 20]));
    };
  }

  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    stop();
  }
}
