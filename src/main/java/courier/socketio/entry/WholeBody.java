package courier.socketio.entry;

import courier.http.Wire;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a POST come whole before it is passed on, and answers 413 to one that is too long. The
 * Socket.IO server does so before it has read it, and closes: a proxy that is still sending takes
 * that for its being away.
 */
final class WholeBody implements ProxyInterceptor {
  private final Supplier<Optional<SocketioAcceptor>> server;

  WholeBody(Supplier<Optional<SocketioAcceptor>> server) {
    this.server = server;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    Optional<SocketioAcceptor> acceptor = server.get();
    if (acceptor.isEmpty() || context.request().getMethod() != HttpMethod.POST) {
      return context.sendRequest();
    }
    return read(context.request(), acceptor.get().maxPayload())
        .compose(
            body -> {
              context.request().headers().remove(HttpHeaders.TRANSFER_ENCODING);
              context.request().headers().remove(HttpHeaders.EXPECT);
              context.request().setBody(Body.body(body));
              return context.sendRequest();
            },
            // Or the client has left, and is told nothing.
            tooLong -> Future.succeededFuture(EngineRefusal.tooLarge(context.request())));
  }

  /** Fails when it is longer. What is more is read too, as a client may write before it reads. */
  private static Future<Buffer> read(ProxyRequest request, int most) {
    HttpServerRequest posted = request.proxiedRequest();
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    Wire.goOn(posted);
    posted
        .handler(
            part -> {
              if (body.length() + part.length() <= most) {
                body.appendBuffer(part);
              } else {
                whole.tryFail("too large");
              }
            })
        .endHandler(end -> whole.tryComplete(body))
        .exceptionHandler(whole::tryFail)
        .resume();
    return whole.future();
  }
}
