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
import courier.metrics.LoggedUnitOfWork;
import courier.reload.JavaRoutes;
import courier.reload.RouteCheck;
import courier.reload.RouteFolder;
import courier.reload.desk.RouteDesk;
import courier.reload.desk.RouteFiles;
import courier.reload.save.CopyOnWriteRegistry;
import courier.reload.save.LiveRoutes;
import courier.reload.save.RefusedSaves;
import courier.reload.save.RouteReload;
import courier.reload.save.RoutesAtStart;
import courier.reload.save.SavedRoutes;
import courier.reload.save.UncachedDirectComponent;
import courier.tracing.Tracing;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spi.UnitOfWorkFactory;

/** Adds to a service's Camel context what has to be there before its routes are. */
record ServiceContext(
    RouteFolder folder, RoutesAtStart routes, Settings settings, HttpSettings http, Doors doors) {

  /**
   * @param health the checks of the service itself
   */
  void prepare(CamelContext context, Stream<HealthCheck> health) {
    CopyOnWriteRegistry.install(context);
    RouteCheck.install(context);
    traceIfWanted(context);
    ExtendedCamelContext extension = context.getCamelContextExtension();
    extension.addContextPlugin(NodeIdFactory.class, new StepNames());
    AssembledOnce.install(context);
    extension.addContextPlugin(UnitOfWorkFactory.class, LoggedUnitOfWork.factory(context));
    Gate gate = new Gate();
    Stream.concat(health, http.tls().map(CertificateHealthCheck::new).stream())
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
      throw new IllegalStateException("Cannot prepare " + folder.service(), e);
    }
  }

  /**
   * By the variables by which OpenTelemetry is told where to send; without, none of it is loaded.
   */
  private void traceIfWanted(CamelContext context) {
    if (Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        .anyMatch(name -> !System.getenv().getOrDefault(name, "").isBlank())) {
      try {
        Tracing.install(context, folder.service());
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
}
