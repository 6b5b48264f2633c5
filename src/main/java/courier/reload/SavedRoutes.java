package courier.reload;

import courier.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a saved route file live, in the context of one service. A save that does not work leaves
 * running what ran before: what cannot be read is refused before anything stops, and what cannot
 * start gives way to the last version that could.
 */
public final class SavedRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SavedRoutes.class);

  /** An editor empties a file, then fills it: what is read at once may be half of it. */
  private static final int SETTLE_MILLIS = 100;

  private final String service;
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

  public SavedRoutes(RouteFolder folder, LiveRoutes live) {
    this.service = folder.service();
    this.live = live;
    for (Path file : folder.files()) {
      lastGood.put(file, RouteFolder.text(file));
    }
  }

  /** One file after the other, as the folder of the service and the shared one are both watched. */
  synchronized void reload(Path file) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
    try {
      Save save = Save.of(file);
      if (!save.equals(saves.put(file, save)) && !save.text().isBlank()) {
        reload(file, save.text());
      }
    } catch (IOException e) {
      LOG.warn("{} is gone; what it started in {} goes on until the next start", file, service);
    }
  }

  private void reload(Path file, String text) {
    try {
      Set<Path> files = live.check(file, text, lastGood);
      files.add(file);
      SharedBeans beans = SharedBeans.of(file, text);
      for (Map.Entry<Path, String> other : lastGood.entrySet()) {
        if (beans.areUsedBy(other.getValue()) && !files.contains(other.getKey())) {
          files.addAll(live.under(other.getKey(), other.getValue()));
          files.add(other.getKey());
        }
      }
      Map<Path, String> texts = new HashMap<>(lastGood);
      texts.put(file, text);
      live.replace(files, texts, lastGood);
      lastGood.put(file, text);
      LOG.info("{} is live in {}", file, service);
    } catch (Exception e) {
      LOG.error("{} is not live in {}, what ran before goes on: {}", file, service, Reason.of(e));
    }
  }
}
