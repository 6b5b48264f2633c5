package courier.socketio.entry;

import courier.http.ClientAddress;
import courier.http.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes {@code /socket.io/} part of this server, so that page, API and Socket.IO are one origin:
 * hands WebSockets over to the Socket.IO server, and passes polls on to its own listener. Answers
 * 502 with {@code application/problem+json} when it is away.
 */
public final class SocketioProxy {
  private static final int BEFORE_ALL_OTHERS = -1;

  /** Each waiting long poll holds a connection; fewer would only queue them. */
  private static final int CONNECTIONS = 65_535;

  /** Longer than the pause between two pings, which end a long poll at the latest. */
  private static final int IDLE_SECONDS = 120;

  private final Supplier<Optional<SocketioAcceptor>> server;
  private final HttpProxy polls;

  /**
   * @param server who takes the WebSockets over, asked for at each one
   * @param host of the Socket.IO server's own listener
   */
  public SocketioProxy(
      Vertx vertx, Supplier<Optional<SocketioAcceptor>> server, String host, int port) {
    this.server = server;
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(host)
                .setDefaultPort(port)
                .setConnectTimeout(5_000)
                .setMaxPoolSize(CONNECTIONS)
                // netty-socketio closes after each answer but says keep-alive: kept ones would fail
                .setKeepAlive(false)
                .setIdleTimeout(IDLE_SECONDS));
    polls =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(context -> client.request(new RequestOptions()).map(SocketioProxy::quiet))
            .addInterceptor(new SayForWhom())
            .addInterceptor(new KeepConnection())
            .addInterceptor(new WholeBody(server))
            .addInterceptor(new ExplainBadGateway());
  }

  /** Adds the proxy before all other routes of the router. */
  public void install(Router router) {
    router
        .route("/socket.io/*")
        .order(BEFORE_ALL_OTHERS)
        .handler(context -> pass(context.request()));
  }

  /** A client that leaves, or a server, is no error to log. */
  private static HttpClientRequest quiet(HttpClientRequest request) {
    return request.exceptionHandler(left -> {});
  }

  private void pass(HttpServerRequest request) {
    Optional<SocketioAcceptor> acceptor = server.get();
    boolean handshake;
    try {
      handshake = !request.params().contains("sid");
    } catch (IllegalArgumentException e) {
      EngineRefusal.badRequest(request.response());
      return;
    }
    if (handshake && acceptor.map(SocketioAcceptor::isLeaving).orElse(false)) {
      EngineRefusal.leaving(request.response());
    } else if (handshake
        && acceptor.isPresent()
        && !acceptor.get().admits(ClientAddress.of(request))) {
      EngineRefusal.tooManyRequests(request.response());
    } else if (request.version() == HttpVersion.HTTP_1_1
        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        && "websocket".equals(request.getParam("transport"))) {
      WebSocketHandover.open(request, acceptor);
    } else {
      polls.handle(request);
    }
  }

  /** The Socket.IO server counts the sessions of each address. */
  private static final class SayForWhom implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      InetAddress client = ClientAddress.of(context.request().proxiedRequest());
      context.request().headers().set(ClientAddress.HEADER, client.getHostAddress());
      context.request().headers().remove(HttpHeaders.ORIGIN); // it has been decided on
      return context.sendRequest();
    }
  }

  /**
   * That netty-socketio closes its own connection is no matter of the client's (RFC 9110, 7.6.1).
   */
  private static final class KeepConnection implements ProxyInterceptor {
    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      context.response().headers().remove(HttpHeaders.CONNECTION);
      return context.sendResponse();
    }
  }

  private static final class ExplainBadGateway implements ProxyInterceptor {
    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      ProxyResponse response = context.response();
      if (response.getStatusCode() == 502 && response.getBody() == null) {
        response
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
            .setBody(Body.body(EngineRefusal.BAD_GATEWAY));
      }
      return context.sendResponse();
    }
  }
}
