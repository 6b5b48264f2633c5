package courier;

import courier.config.HttpSettings;
import courier.config.Settings;
import courier.metrics.Figure;
import courier.metrics.Figures;
import courier.reload.RouteFolder;
import courier.reload.save.RoutesAtStart;
import courier.reload.version.VersionLog;
import courier.socketio.SocketioComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** One folder of routes, running: a Camel context with HTTP and management servers of its own. */
final class Service implements Part {
  private final RouteFolder folder;
  private final RoutesAtStart routes;
  private final Settings settings;
  private final ServiceBeans beans;
  private final ServiceProperties properties;
  private final ServiceContext context;
  private final Main main = new Main();
  private final StoppingHealthCheck stopping = new StoppingHealthCheck();

  Service(RouteFolder folder, Settings settings) {
    this.folder = folder;
    this.settings = settings;
    Path data = Path.of(settings.get("data.dir"), "routes", name());
    routes = RoutesAtStart.of(folder, new VersionLog(data, folder.shared(), Clock.systemUTC()));
    HttpSettings http = HttpSettings.of(settings);
    Doors doors = new Doors(settings);
    beans = new ServiceBeans(routes, settings, http, doors);
    properties = new ServiceProperties(routes, settings, doors);
    context = new ServiceContext(folder, routes, settings, http, doors);
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
            Stream<HealthCheck> checks = beans.health().stream();
            context.prepare(main.getCamelContext(), Stream.concat(Stream.of(stopping), checks));
          }

          @Override
          public void afterConfigure(BaseMainSupport base) {
            properties.requireOwnServers(main.configure());
            beans.requireRights(base.getCamelContext());
            beans.makeTopics(base.getCamelContext());
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
