package courier.reload.save;

import courier.http.Gate;
import courier.reload.JavaRoutes;
import courier.reload.RouteFolder;
import courier.reload.version.VersionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** A service of a few route files, whose saves are taken when a test says so. */
public final class RouteServiceFixture implements AutoCloseable {
  public final DefaultCamelContext context = new DefaultCamelContext();
  public final RouteFolder folder;
  public final SavedRoutes saved;
  public final VersionLog versions;
  final RefusedSaves refused = new RefusedSaves();

  /**
   * @param files their names, and their texts; a name that begins with {@code ../} is shared
   */
  public RouteServiceFixture(Path routes, Map<String, String> files) throws Exception {
    this(routes, files, () -> {});
  }

  /**
   * @param loaded what happens while the service starts
   */
  RouteServiceFixture(Path routes, Map<String, String> files, Loaded loaded) throws Exception {
    folder = new RouteFolder("client-c", Files.createDirectories(routes.resolve("client-c")));
    context.setSourceLocationEnabled(true);
    JavaRoutes.install(context);
    context.start();
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      Files.writeString(path(file.getKey()), file.getValue());
    }
    versions = new VersionLog(routes.resolve(".versions"), folder.shared(), Clock.systemUTC());
    RoutesAtStart start = RoutesAtStart.of(folder, versions);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(start.collector().findRouteResourcesFromDirectory(context, null, null));
    saved = new SavedRoutes(start, new LiveRoutes(context, new Gate()), refused);
    loaded.happen();
    Set<Path> all = new TreeSet<>(folder.files());
    all.addAll(saved.texts().keySet());
    saved.begin(context, all.stream().map(Save::of).toList());
  }

  interface Loaded {
    void happen() throws IOException;
  }

  /** A file of the service. */
  public Path path(String name) {
    return folder.path().resolve(name).normalize();
  }

  public void save(String name, String text) throws IOException {
    Files.writeString(path(name), text);
    take(name);
  }

  /** Takes them all as one. */
  public void take(String... names) {
    saved.take(Arrays.stream(names).map(this::path).map(Save::of).toList());
  }

  /** What the trial of what was saved last has shown is done. */
  public void judge() {
    saved.judge();
  }

  public Set<String> routes() {
    return context.getRoutes().stream()
        .map(Route::getRouteId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public String ask(String route) {
    return context.createProducerTemplate().requestBody("direct:" + route, "", String.class);
  }

  /** What health says of a file; null if it is live. */
  Object problem(String name) {
    HealthCheck.Result result = refused.call();
    if (result.getState() != HealthCheck.State.UP) {
      throw new AssertionError(result.toString());
    }
    return result.getDetails().get(path(name).toString());
  }

  CamelContext context() {
    return context;
  }

  @Override
  public void close() {
    context.stop();
  }
}
