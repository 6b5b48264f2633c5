package courier.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;

/**
 * Joins a client's WebSocket with one of the Socket.IO server's, byte for byte. vertx-http-proxy
 * can do that too, but it holds what a slow client does not read in memory without bound, and keeps
 * the server's side open when a client leaves during the handshake.
 */
final class WebSocketTunnel {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final HttpClient client;

  WebSocketTunnel(HttpClient client) {
    this.client = client;
  }

  void open(HttpServerRequest request) {
    client
        .request(HttpMethod.GET, request.uri())
        .compose(upstream -> connect(request, upstream))
        .onSuccess(answer -> join(request, answer))
        .onFailure(failure -> BadGateway.answer(request.response()));
  }

  private static Future<HttpClientResponse> connect(
      HttpServerRequest request, HttpClientRequest upstream) {
    upstream.headers().addAll(request.headers()).remove(HttpHeaders.HOST);
    // Firefox says "keep-alive, Upgrade".
    upstream.putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
    request.response().exceptionHandler(left -> upstream.reset());
    return SocketioProxy.quiet(upstream).connect();
  }

  private static void join(HttpServerRequest request, HttpClientResponse answer) {
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.statusCode()).headers().addAll(answer.headers());
    if (answer.statusCode() != SWITCHING_PROTOCOLS) {
      response.send(answer);
      return;
    }
    NetSocket server = answer.netSocket();
    server.pause();
    if (response.closed()) {
      server.close();
      return;
    }
    request.toNetSocket().onSuccess(socket -> join(socket, server));
  }

  private static void join(NetSocket one, NetSocket other) {
    one.closeHandler(closed -> other.close());
    other.closeHandler(closed -> one.close());
    one.pipeTo(other);
    other.pipeTo(one);
  }
}
