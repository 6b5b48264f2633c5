package courier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a saved route file live, in the one folder of its service. A save that does not work leaves
 * running what ran before: what cannot be read is refused before anything stops, and what cannot
 * start gives way to the last version that could.
 */
final class RouteReload extends RouteWatcherReloadStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

  /** An editor empties a file, then fills it: what is read at once may be half of it. */
  private static final int SETTLE_MILLIS = 100;

  private final Path folder;
  private final LiveRoutes live;
  private final Map<Path, Save> saves = new HashMap<>();
  private final Map<Path, String> lastGood = new HashMap<>();

  /**
   * The watcher reports one save several times; the time tells it from the same text saved anew.
   */
  private record Save(FileTime time, String text) {
    static Save of(Path file) throws IOException {
      return new Save(Files.getLastModifiedTime(file), RouteFolder.text(file));
    }
  }

  RouteReload(RouteFolder folder, LiveRoutes live) {
    super(folder.path().toString());
    this.folder = folder.path();
    this.live = live;
    setPattern("*.camel.yaml,*.java");
    for (Path file : folder.files()) {
      lastGood.put(file, RouteFolder.text(file));
    }
  }

  @Override
  protected void onRouteReload(Collection<Resource> resources, boolean removeEverything) {
    for (Resource resource : resources) {
      Path file = folder.resolve(Path.of(resource.getURI()).getFileName());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
      try {
        Save save = Save.of(file);
        if (!save.equals(saves.put(file, save)) && !save.text().isBlank()) {
          reload(file, save.text());
        }
      } catch (IOException e) {
        LOG.warn("{} is gone; what it started goes on until the next start", file);
      }
    }
  }

  private void reload(Path file, String text) {
    try {
      Set<Path> files = live.check(file, text);
      files.add(file);
      Map<Path, String> texts = new HashMap<>(lastGood);
      texts.put(file, text);
      live.replace(files, texts, lastGood);
      lastGood.put(file, text);
      LOG.info("{} is live", file);
    } catch (Exception e) {
      LOG.error("{} is not live, what ran before goes on: {}", file, Reason.of(e));
    }
  }
}
