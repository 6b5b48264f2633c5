package courier.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import courier.http.body.JsonBody;
import courier.identity.RolesComponent;
import courier.metrics.Figures;
import courier.mongodb.StoredJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.StartupListener;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.bson.Document;
import org.bson.types.ObjectId;

/** A real server on a free port with the edge installed, and some routes behind it. */
final class EdgeServer implements AutoCloseable {
  static final int MAX_BODY = 1000;
  static final int PAGE = 3001;
  static final String LONG = "words,".repeat(1000);

  /** What steps leave in a body, by names of theirs. */
  static final Map<String, Object> VALUES =
      Map.of(
          "count",
          2L,
          "found",
          true,
          "at",
          new Date(0),
          "id",
          new ObjectId("0123456789abcdef01234567"),
          "document",
          new Document("at", new Date(0)).append("n", 1),
          "documents",
          List.of(new Document("n", 1), new Document("n", 2)),
          "none",
          List.of());

  final Gate gate = new Gate();
  private final Main main = new Main();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  EdgeServer(String corsOrigins) throws Exception {
    this(corsOrigins, false);
  }

  /**
   * @param tls whether it takes itself for a server that speaks it
   */
  EdgeServer(String corsOrigins, boolean tls) throws Exception {
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", "0");
    main.addInitialProperty("camel.server.maxBodySize", String.valueOf(MAX_BODY));
    main.bind("platform-http", new RolesComponent(false, StoredJson::of));
    main.configure().addRoutesBuilder(new Routes());
    main.init();
    main.getCamelContext().addStartupListener(new Install(corsOrigins, tls));
    main.start();
  }

  int port() {
    return port;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  /** Sends these bytes, and reads until the server closes. */
  String sendRaw(String request, boolean goAway) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      if (goAway) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    main.stop();
  }

  private static final class Routes extends RouteBuilder {
    @Override
    public void configure() {
      from("platform-http:/things?httpMethodRestrict=POST&consumes=application/json")
          .setBody(constant("made"));
      from("platform-http:/things/{id}?httpMethodRestrict=GET").setBody(constant("one"));
      from("platform-http:/long?httpMethodRestrict=GET").setBody(constant(LONG));
      from("platform-http:/missing?httpMethodRestrict=GET")
          .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(404))
          .setBody(constant(LONG));
      // Each answer of Courier's own, read by a step after it is made, as a log or a tracer does.
      from("platform-http:/read/json")
          .process(made -> JsonBody.write(made.getMessage(), LONG.getBytes(UTF_8)))
          .setProperty("read", bodyAs(String.class));
      from("platform-http:/read/piece?httpMethodRestrict=GET")
          .process(made -> new LongAnswers(1, 1).send(made.getMessage(), piece(LONG)))
          .setProperty("read", bodyAs(String.class));
      from("platform-http:/read/problem")
          .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(409))
          .setBody(constant(LONG))
          .process(made -> new ProblemAnswer().explain(made))
          .setProperty("read", bodyAs(String.class));
      for (Map.Entry<String, Object> value : VALUES.entrySet()) {
        from("platform-http:/values/" + value.getKey()).setBody(constant(value.getValue()));
      }
      from("platform-http:/hal")
          .setHeader(Exchange.CONTENT_TYPE, constant("application/hal+json"))
          .setBody(constant(Map.of("n", 1)));
      from("platform-http:/located")
          .setHeader("Location", constant("/things/1"))
          .setBody(constant("made"));
      from("platform-http:/socket.io/?httpMethodRestrict=GET").setBody(constant("{}"));
    }
  }

  private static Iterator<byte[]> piece(String text) {
    return List.of(text.getBytes(UTF_8)).iterator();
  }

  private final class Install implements StartupListener, Ordered {
    private final String corsOrigins;
    private final boolean tls;

    Install(String corsOrigins, boolean tls) {
      this.tls = tls;
      this.corsOrigins = corsOrigins;
    }

    @Override
    public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
      String name = VertxPlatformHttpRouter.getRouterNameFromPort(0);
      VertxPlatformHttpRouter router = VertxPlatformHttpRouter.lookup(context, name);
      gate.install(router);
      Hosts hosts = new Hosts("courier.example", "127.0.0.1");
      Origins origins = new Origins(corsOrigins, tls, Set.of(PAGE));
      HttpEdge.install(router, hosts, origins, new ClientAddress(""), Figures.of(context));
      port = router.getServer().getPort();
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST; // by then the server listens, and no route takes requests yet
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}
  }
}
