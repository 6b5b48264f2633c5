package courier.http;

import courier.http.connection.HttpVertx;
import courier.http.tls.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** A real HTTP server on a free port, with its connections watched over as Courier's are. */
public final class RouterServer implements AutoCloseable {
  public final Vertx vertx;
  public final Router router;

  public RouterServer() {
    this(Optional.empty());
  }

  public RouterServer(Optional<Tls> tls) {
    vertx =
        HttpVertx.of(
            new VertxOptions(),
            new HttpLimits(60_000, 60_000, 60_000, 10_000, 10_000),
            new ClientAddress(""),
            true,
            tls);
    router = Router.router(vertx);
  }

  /** Returns the port. */
  public int listen() {
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
