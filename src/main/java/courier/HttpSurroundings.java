package courier;

import courier.config.HttpSettings;
import courier.config.Settings;
import courier.contract.Contract;
import courier.http.Gate;
import courier.http.HttpEdge;
import courier.http.connection.HttpVertx;
import courier.metrics.Figures;
import courier.page.Page;
import courier.page.PageSettings;
import courier.reload.save.RoutesAtStart;
import courier.socketio.SocketioComponent;
import courier.socketio.entry.SocketioProxy;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Puts around the routes of a service what belongs to its HTTP server: CORS and answers that
 * explain, and with Socket.IO also its path and the page that shows what it pushes.
 */
final class HttpSurroundings implements StartupListener, Ordered {
  private static final int AFTER_CORS = Integer.MIN_VALUE + 1;

  private final Settings settings;
  private final HttpSettings http;
  private final Doors doors;
  private final RoutesAtStart routes;
  private final String service;
  private final Gate gate;

  HttpSurroundings(
      Settings settings, HttpSettings http, Doors doors, RoutesAtStart routes, Gate gate) {
    this.settings = settings;
    this.http = http;
    this.doors = doors;
    this.routes = routes;
    service = routes.folder().service();
    this.gate = gate;
  }

  @Override
  public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
    VertxOptions options = context.getRegistry().findSingleByType(VertxOptions.class);
    int port = settings.port(service + ".http.port");
    for (VertxPlatformHttpServer server : context.hasServices(VertxPlatformHttpServer.class)) {
      // One for each, so that the management answers also when all threads of the other one wait.
      boolean http2 = server.getConfigurationPort() == port; // who scrapes asks for one thing
      HttpVertx own = HttpVertx.of(options, http.limits(), http.addresses(), http2, http.tls());
      server.setVertx(own);
      context.addLifecycleStrategy(new CloseLast(own));
    }
    // Now and not with what else is to be started, so that nothing is answered without all this.
    ServiceHelper.startService(context.hasService(MainHttpServer.class));
    VertxPlatformHttpRouter router = router(context, port);
    gate.install(router);
    router.route().order(AFTER_CORS).handler(request -> answerOrPutOff(context, request));
    Figures figures = Figures.of(context);
    HttpEdge.install(router, http.hosts(), http.origins(), http.addresses(), figures);
    doors.ask(router);
    new Contract(service, routes.folder().shared()).install(router);
    if (routes.uses("socketio:")) {
      new SocketioProxy(
              router.vertx(),
              () -> context.getComponent("socketio", SocketioComponent.class).acceptor(),
              "localhost",
              settings.port(service + ".socketio.port"))
          .install(router);
      new Page(page()).install(router);
    }
    ServiceHelper.startService(context.hasService(ManagementHttpServer.class));
    int management = settings.port(service + ".management.port");
    VertxPlatformHttpRouter managing = router(context, management);
    HttpEdge.installManagement(managing, http.hosts());
    doors.askManagement(managing);
  }

  private static VertxPlatformHttpRouter router(CamelContext context, int port) {
    return VertxPlatformHttpRouter.lookup(
        context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
  }

  /** A route that does not run yet, or no more, would be a 404, by which a client gives up. */
  private static void answerOrPutOff(CamelContext context, RoutingContext request) {
    if (context.isStarted()) {
      request.next();
    } else {
      request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      request.fail(503);
    }
  }

  /** Closes what Camel takes for somebody else's, when it has stopped the server. */
  private static final class CloseLast extends LifecycleStrategySupport {
    private final HttpVertx vertx;

    CloseLast(HttpVertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public void onContextStopped(CamelContext context) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private PageSettings page() {
    String name = service + ".name";
    return new PageSettings(
        settings.has(name) ? settings.get(name) : service,
        settings.port("client-a.http.port"),
        settings.has("client-a.url") ? settings.get("client-a.url") : null);
  }

  @Override
  public int getOrder() {
    // Before the server listens.
    return Ordered.LOWEST - 1;
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}
}
