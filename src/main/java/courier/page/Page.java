package courier.page;

import courier.http.content.Content;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The web page, and the one that shows the contract: GET and HEAD of their files and of {@code
 * /page-settings.json}, and of nothing else.
 *
 * <p>Each file has a route of its own, read from the class path once. A catch-all route would turn
 * the router's 405 for a known path into a 404, and Vert.x's StaticHandler prefers a folder {@code
 * web} of the working directory to the class path's.
 */
public final class Page {
  static final List<String> FILES =
      List.of(
          """
          api-events.js api.css api.html api.js arrivals.js bulk-replay.js bytes.js
          confirm.js conversation-list.js conversation.js conversations.js courier.css
          courier.js dead-letter-facts.js dead-letter-filter.js dead-letter-groups.js
          dead-letter-row.js dead-letter-search.js dead-letter.js dead-letters.js desk.js
          diff.min.js difference.js doctor.js edit-and-replay.js elements.js erasure.js
          favicon.svg flow.css flow.js history.js identity.js index.html keyed-list.js
          live.js mark.js marks.css marks.js message-log.js message.js messages.js names.js
          older.js pages.js panes.js people.js polling.js problem.js rates.js recall.js
          receipts.js route-file.js route-layout.js route-map.js route-service.js
          route-shadow.js route-steps.js route-version.js routes.js send.js service.css
          sign-in.js signed-in.js socket.io.esm.min.js swagger-ui-bundle.js swagger-ui.css
          talk.css talk.js transfer.js unified.js views.js who.js
          """
              .split("\\s+"));

  private static final Map<String, String> PAGES = Map.of("index.html", "/", "api.html", "/api/");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  private final PageSettings settings;
  private final String contentSecurityPolicy;

  public Page(PageSettings settings) {
    this.settings = settings;
    this.contentSecurityPolicy =
        String.join(
            "; ",
            "default-src 'self'",
            "connect-src 'self' ws: wss: " + settings.sendOrigin(),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");
  }

  /** Adds the page's routes behind all others of the router. */
  public void install(Router router) {
    for (String file : FILES) {
      String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
      serve(router, PAGES.getOrDefault(file, "/" + file), type, read(file));
    }
    Buffer json = settings.toJson().toBuffer();
    serve(router, "/page-settings.json", "application/json", json);
  }

  private void serve(Router router, String path, String type, Buffer bytes) {
    Content content = new Content(type, bytes);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .last()
        .handler(
            context -> {
              context
                  .response()
                  .putHeader("Content-Security-Policy", contentSecurityPolicy)
                  .putHeader("X-Content-Type-Options", "nosniff")
                  .putHeader("Referrer-Policy", "no-referrer");
              content.answer(context);
            });
  }

  private static Buffer read(String file) {
    try (InputStream stream = Page.class.getResourceAsStream("/web/" + file)) {
      if (stream == null) {
        throw new IllegalStateException(
            "The build did not put web/" + file + " on the class path.");
      }
      return Buffer.buffer(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
