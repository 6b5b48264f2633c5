package courier.reload;

import courier.check.Checker;
import courier.check.source.Finding;
import courier.check.source.Folder;
import courier.check.source.Source;
import courier.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The route files of a service, read as it would, where nothing of it runs. */
final class OfflineService implements AutoCloseable {
  private final RouteFolder folder;
  private final DefaultCamelContext context;
  private final List<Finding> unread = new ArrayList<>();

  /**
   * @param beans the names of those that it has beside its files
   */
  OfflineService(RouteFolder folder, Settings settings, List<String> beans) throws Exception {
    this.folder = folder;
    context = new DefaultCamelContext(new DefaultRegistry(new StandIns(beans)));
    context.getPropertiesComponent().setInitialProperties(properties(settings));
    context.setSourceLocationEnabled(true);
    context.build();
    JavaRoutes.install(context);
  }

  private Properties properties(Settings settings) {
    Properties properties = settings.asProperties();
    properties.setProperty("service.name", folder.service());
    properties.setProperty("service.url", "http://localhost");
    properties.setProperty("routes.folder", folder.path().toString());
    properties.setProperty("routes.shared", folder.shared().toString());
    return properties;
  }

  /**
   * @param only the files to look at
   */
  List<Finding> check(Set<Path> only) {
    Set<Path> files = new LinkedHashSet<>(folder.files());
    files.addAll(only);
    List<Source> sources = files.stream().map(this::read).toList();
    List<Finding> findings = new ArrayList<>(unread);
    findings.addAll(
        Checker.get().check(new Folder(sources, new ContextSurroundings(context, Set.of())), only));
    return findings.stream().filter(finding -> only.contains(finding.file())).toList();
  }

  private Source read(Path file) {
    String text = "";
    try {
      text = RouteFolder.text(file);
      return Unread.isJava(file) ? Source.java(file, text, routes(file)) : Source.yaml(file, text);
    } catch (Exception e) {
      unread.add(Unread.because(file, text, e));
      return Source.unread(file, text);
    }
  }

  private List<RouteDefinition> routes(Path file) throws Exception {
    List<RouteDefinition> routes = new ArrayList<>();
    var resource = ResourceHelper.resolveResource(context, "file:" + file);
    for (var builder :
        PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
      if (builder instanceof RouteBuilder made) {
        made.configureRoutes(context);
        routes.addAll(made.getRouteCollection().getRoutes());
      }
    }
    return routes;
  }

  @Override
  public void close() {
    context.stop();
  }
}
