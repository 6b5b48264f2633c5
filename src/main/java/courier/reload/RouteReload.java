package courier.reload;

import java.nio.file.Path;
import java.util.Collection;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.RouteWatcherReloadStrategy;

/** Watches a folder for route files that are saved. */
public final class RouteReload extends RouteWatcherReloadStrategy {
  private final Path folder;
  private final SavedRoutes saved;

  public RouteReload(Path folder, SavedRoutes saved) {
    super(folder.toString());
    this.folder = folder;
    this.saved = saved;
    setPattern("*.camel.yaml,*.java");
  }

  @Override
  protected void onRouteReload(Collection<Resource> resources, boolean removeEverything) {
    for (Resource resource : resources) {
      saved.reload(folder.resolve(Path.of(resource.getURI()).getFileName()));
    }
  }
}
