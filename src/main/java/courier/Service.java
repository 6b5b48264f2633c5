package courier;

import courier.config.HttpSettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.failure.Reason;
import courier.http.Gate;
import courier.http.tls.CertificateHealthCheck;
import courier.jmx.AssembledOnce;
import courier.jmx.BulkReplayConsole;
import courier.jmx.DeadLetterConsole;
import courier.jmx.StepNames;
import courier.metrics.Figure;
import courier.metrics.Figures;
import courier.reload.JavaRoutes;
import courier.reload.RouteCheck;
import courier.reload.RouteFolder;
import courier.reload.desk.RouteDesk;
import courier.reload.desk.RouteFiles;
import courier.reload.save.LiveRoutes;
import courier.reload.save.RefusedSaves;
import courier.reload.save.RouteReload;
import courier.reload.save.RoutesAtStart;
import courier.reload.save.SavedRoutes;
import courier.reload.save.UncachedDirectComponent;
import courier.reload.version.VersionLog;
import courier.socketio.SocketioComponent;
import courier.tracing.Tracing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ManagementMBeanAssembler;
import org.apache.camel.spi.NodeIdFactory;

/** One folder of routes, running: a Camel context with HTTP and management servers of its own. */
final class Service implements Part {
  private final RouteFolder folder;
  private final RoutesAtStart routes;
  private final Settings settings;
  private final HttpSettings http;
  private final Doors doors;
  private final ServiceBeans beans;
  private final ServiceProperties properties;
  private final Main main = new Main();
  private final StoppingHealthCheck stopping = new StoppingHealthCheck();
  private final List<HealthCheck> health = new ArrayList<>(List.of(stopping));

  Service(RouteFolder folder, Settings settings) {
    this.folder = folder;
    this.settings = settings;
    Path data = Path.of(settings.get("data.dir"), "routes", name());
    routes = RoutesAtStart.of(folder, new VersionLog(data, folder.shared(), Clock.systemUTC()));
    http = HttpSettings.of(settings);
    doors = new Doors(settings);
    beans = new ServiceBeans(routes, settings, http, doors);
    properties = new ServiceProperties(routes, settings, doors);
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
      ports.claim("http.host", properties.key(listener), properties.address(host, listener), "");
    }
    if (routes.uses("socketio:")) {
      ports.claim("", properties.key("socketio"), properties.address("localhost", "socketio"), "");
    }
  }

  @Override
  public void start() throws Exception {
    beans.bind(main);
    main.setPropertyPlaceholderLocations("false");
    main.setInitialProperties(properties.all());
    main.setRoutesCollector(routes.collector());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport main) {
            prepare(main.getCamelContext());
          }

          @Override
          public void afterConfigure(BaseMainSupport main) {
            beans.requireRights(main.getCamelContext());
          }
        });
    main.start();
    if (main.getCamelContext().getRoutes().isEmpty()) {
      throw folder.noRoutes();
    }
    sayBuild();
  }

  private void sayBuild() {
    String version = Service.class.getPackage().getImplementationVersion();
    Figures.of(main.getCamelContext())
        .set(
            Figure.BUILD,
            1,
            "service",
            name(),
            "version",
            version == null ? "unknown" : version,
            "java",
            Runtime.version().toString());
  }

  /** Adds what has to be there before the routes are. */
  private void prepare(CamelContext context) {
    RouteCheck.install(context);
    traceIfWanted(context);
    ExtendedCamelContext extension = context.getCamelContextExtension();
    extension.addContextPlugin(NodeIdFactory.class, new StepNames());
    extension.addContextPlugin(ManagementMBeanAssembler.class, new AssembledOnce(context));
    Gate gate = new Gate();
    http.tls().map(CertificateHealthCheck::new).ifPresent(health::add);
    Stream.concat(health.stream(), beans.health().stream())
        .forEach(HealthCheckRegistry.get(context)::register);
    try {
      context.addStartupListener(new HttpSurroundings(settings, http, doors, routes, gate));
      if (http.tls().isPresent()) {
        context.addService(http.tls().orElseThrow());
      }
      if (routes.uses("platform-http:/dead-letters/")) {
        context.addService(new DeadLetterConsole(context));
        context.addService(new BulkReplayConsole(context));
      }
      JavaRoutes.install(context);
      context.addComponent("direct", new UncachedDirectComponent());
      context.addService(new RouteReload(context, folder, saved(context, gate)));
    } catch (Exception e) {
      throw new IllegalStateException("Cannot prepare " + name(), e);
    }
  }

  /**
   * By the variables by which OpenTelemetry is told where to send; without, none of it is loaded.
   */
  private void traceIfWanted(CamelContext context) {
    if (Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        .anyMatch(name -> !System.getenv().getOrDefault(name, "").isBlank())) {
      try {
        Tracing.install(context, name());
      } catch (Exception e) {
        throw new StartupException(
            "Traces cannot be sent, correct the variables OTEL_...: " + Reason.of(e));
      }
    }
  }

  private SavedRoutes saved(CamelContext context, Gate gate) throws Exception {
    RefusedSaves refused = new RefusedSaves();
    HealthCheckRegistry.get(context).register(refused);
    SavedRoutes saved = new SavedRoutes(routes, new LiveRoutes(context, gate), refused);
    RouteDesk desk = new RouteDesk(context, folder, saved, routes.versions());
    context.getRegistry().bind("saves", desk);
    context.addService(new RouteFiles(desk));
    return saved;
  }

  @Override
  public void describe(Summary summary) {
    String management = "management " + properties.url("management") + "/observe";
    summary.line(name(), properties.url("http"), management);
    summary.routes(main.getCamelContext().getRoutes());
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
    beans.close();
  }
}
