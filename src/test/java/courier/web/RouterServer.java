package courier.web;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** A real HTTP server on a free port. */
final class RouterServer implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
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
