package courier.web;

import courier.http.ClientAddress;
import courier.http.HttpLimits;
import courier.http.HttpVertx;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;

/** A real HTTP server on a free port, with its connections watched over as Courier's are. */
final class RouterServer implements AutoCloseable {
  final Vertx vertx =
      HttpVertx.of(
          new VertxOptions(),
          new HttpLimits(60_000, 60_000, 60_000, 10_000, 10_000),
          new ClientAddress(""));
  final Router router = Router.router(vertx);

  /** Returns the port. */
  int listen() {
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
