package courier;

import static java.util.stream.Collectors.toSet;

import com.mongodb.client.MongoClient;
import courier.config.HttpSettings;
import courier.config.KafkaSettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.config.TlsSettings;
import courier.doctor.Doctor;
import courier.doctor.DoctorHealthCheck;
import courier.doctor.Patient;
import courier.http.Gate;
import courier.http.tls.CertificateHealthCheck;
import courier.kafka.Kafka;
import courier.kafka.KafkaHealthCheck;
import courier.kafka.consumer.PollIsBatch;
import courier.kafka.consumer.Progress;
import courier.mongodb.Mongo;
import courier.mongodb.MongoHealthCheck;
import courier.reload.JavaRoutes;
import courier.reload.LiveRoutes;
import courier.reload.RouteCheck;
import courier.reload.RouteFolder;
import courier.reload.RouteReload;
import courier.reload.SavedRoutes;
import courier.socketio.SocketioComponent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** One folder of routes, running: a Camel context with HTTP and management servers of its own. */
final class Service implements Part {
  /** The beans that its route files find. */
  static final List<String> BEANS =
      List.of(
          "kafka",
          "mongo",
          "long-answers",
          "progress",
          "kafkaClientFactory",
          "access",
          "revocations");

  private final RouteFolder folder;
  private final Settings settings;
  private final HttpSettings http;
  private final KafkaSettings kafkaSettings;
  private final Doors doors;
  private final Main main = new Main();
  private final StoppingHealthCheck stopping = new StoppingHealthCheck();
  private final List<HealthCheck> health = new ArrayList<>(List.of(stopping));
  private Kafka kafka;
  private MongoClient mongo;

  Service(RouteFolder folder, Settings settings) {
    this.folder = folder;
    this.settings = settings;
    http = HttpSettings.of(settings);
    kafkaSettings = KafkaSettings.of(settings);
    doors = Doors.of(settings);
  }

  @Override
  public String name() {
    return folder.service();
  }

  @Override
  public void claim(Ports ports) {
    folder.requireRoutes();
    for (String listener : List.of("http", "management")) {
      String host = settings.get("http.host");
      ports.claim("http.host", key(listener), new InetSocketAddress(host, port(listener)), "");
    }
    if (folder.uses("socketio:")) {
      ports.claim("", key("socketio"), new InetSocketAddress("localhost", port("socketio")), "");
    }
  }

  private String key(String listener) {
    return name() + "." + listener + ".port";
  }

  private int port(String listener) {
    return settings.port(key(listener));
  }

  @Override
  public void start() throws Exception {
    Backends backends = new Backends(settings);
    if (folder.uses("kafka:") || settings.asksWho()) {
      kafka = backends.kafka(kafkaSettings, topics());
      health.add(new KafkaHealthCheck(kafka));
      main.bind("kafka", kafka);
      doors.learn(kafka);
    }
    if (folder.uses("mongodb:")) {
      mongo = backends.mongodb(folder.uses("beanType: courier.message.Inserts"));
      health.add(new MongoHealthCheck(mongo));
      main.bind("mongo", mongo);
      main.bind("long-answers", http.longAnswers());
    }
    if (kafka != null && mongo != null) {
      Patient patient = new Patient(settings, Path.of(""), kafka, mongo, Clock.systemUTC());
      health.add(new DoctorHealthCheck(new Doctor(patient)));
    }
    if (kafka != null) {
      Progress progress = new Progress();
      health.add(progress);
      main.bind("progress", progress);
      main.bind("kafkaClientFactory", new PollIsBatch(kafka, progress, this::storeAnswers));
    }
    doors.bind(main);
    main.setPropertyPlaceholderLocations("false");
    main.setInitialProperties(properties());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport main) {
            prepare(main.getCamelContext());
          }

          @Override
          public void afterConfigure(BaseMainSupport main) {
            requireRights(main.getCamelContext());
          }
        });
    main.start();
    if (main.getCamelContext().getRoutes().isEmpty()) {
      throw folder.noRoutes();
    }
  }

  /** Those of Courier's own topics that this service has to do with. */
  private Set<String> topics() {
    return Stream.of("topics.messages", "topics.dead-letters", "topics.stored")
        .filter(folder::uses)
        .map(settings::get)
        .collect(toSet());
  }

  private boolean storeAnswers() {
    return mongo == null || Mongo.answers(mongo);
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    try (InputStream defaults = Service.class.getResourceAsStream("/service.properties")) {
      properties.load(defaults);
    }
    properties.putAll(settings.asProperties());
    properties.setProperty("service.name", name());
    properties.setProperty("service.http.port", settings.get(key("http")));
    properties.setProperty("service.management.port", settings.get(key("management")));
    properties.setProperty("routes.folder", folder.path().toString());
    properties.setProperty("routes.shared", folder.shared().toString());
    if (folder.uses("socketio:")) {
      properties.setProperty("camel.component.socketio.port", settings.get(key("socketio")));
      doors.askSockets(properties);
      String origins = properties.getProperty("http.cors.origins", "").strip();
      // Of who comes by the HTTP port its server has decided, and of who comes here only the page
      // is known.
      properties.setProperty(
          "camel.component.socketio.origin", origins.isEmpty() ? url("http") : origins);
    }
    return properties;
  }

  /** Adds what has to be there before the routes are. */
  private void prepare(CamelContext context) {
    RouteCheck.install(context);
    Gate gate = new Gate();
    http.tls().map(CertificateHealthCheck::new).ifPresent(health::add);
    health.forEach(HealthCheckRegistry.get(context)::register);
    try {
      context.addStartupListener(
          new HttpSurroundings(settings, http, doors, name(), folder.uses("socketio:"), gate));
      if (http.tls().isPresent()) {
        context.addService(http.tls().orElseThrow());
      }
      JavaRoutes.install(context);
      SavedRoutes saved = new SavedRoutes(folder, new LiveRoutes(context, gate));
      context.addService(new RouteReload(folder.path(), saved));
      context.addService(new RouteReload(folder.shared(), saved));
    } catch (Exception e) {
      throw new IllegalStateException("Cannot prepare " + name(), e);
    }
  }

  /** Before anything asks Kafka for what it may not have, and is told less. */
  private void requireRights(CamelContext context) {
    if (kafka != null) {
      try {
        new KafkaRights(context).require(kafka, topics());
      } catch (StartupException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("Cannot look at the rights of " + name(), e);
      }
    }
  }

  @Override
  public void describe(Summary summary) {
    String management = "management " + url("management") + "/observe";
    summary.line(name(), url("http"), management);
    summary.routes(main.getCamelContext().getRoutes());
  }

  private String url(String listener) {
    String host = settings.get("http.host");
    return TlsSettings.scheme(settings)
        + "://"
        + (host.equals("0.0.0.0") ? "localhost" : host)
        + ":"
        + port(listener);
  }

  @Override
  public void announceEnd() {
    stopping.stops();
  }

  @Override
  public void drain(long millis) throws InterruptedException {
    if (main.getCamelContext().hasComponent("socketio") instanceof SocketioComponent socketio) {
      socketio.drain(millis);
    }
  }

  @Override
  public void close() {
    main.stop();
    if (mongo != null) {
      mongo.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }
}
