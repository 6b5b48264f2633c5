package courier.contract;

import courier.http.content.Content;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Serves what a service answers as {@code /openapi.json} (OpenAPI 3.1), and what goes through Kafka
 * and Socket.IO as {@code /asyncapi.json} (AsyncAPI 3), to anybody. They are put together when
 * somebody asks, and anew when a schema among the route files has changed.
 */
public final class Contract {
  private static final Set<String> DESCRIBED = Set.of("client-a", "client-b");

  private final String service;
  private final Path routes;

  /**
   * @param service the name of its folder; one that is not Courier's own has no such documents
   * @param routes the folder with the folders of all services
   */
  public Contract(String service, Path routes) {
    this.service = service;
    this.routes = routes;
  }

  /** Adds them behind all other routes of the router. */
  public void install(Router router) {
    if (DESCRIBED.contains(service)) {
      serve(router, "/openapi.json", service + ".yaml");
      serve(router, "/asyncapi.json", "asyncapi.yaml");
    }
  }

  private void serve(Router router, String path, String source) {
    Served document = new Served(source);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .last()
        .handler(context -> document.answer(context));
  }

  private final class Served {
    private final String source;
    private Bundle bundle;
    private Content content;

    Served(String source) {
      this.source = source;
    }

    void answer(RoutingContext context) {
      context
          .vertx()
          .executeBlocking(this::content, false)
          .onSuccess(made -> made.answer(context))
          .onFailure(context::fail);
    }

    private synchronized Content content() {
      if (bundle == null || !bundle.isOfNow()) {
        bundle = Bundle.of(source, routes);
        byte[] json = bundle.document().toString().getBytes(StandardCharsets.UTF_8);
        content = new Content("application/json", Buffer.buffer(json));
      }
      return content;
    }
  }
}
