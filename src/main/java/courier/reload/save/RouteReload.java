package courier.reload.save;

import courier.failure.Reason;
import courier.reload.RouteFolder;
import courier.reload.Unread;
import courier.reload.file.FolderEvents;
import courier.reload.file.FolderWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has saved route files taken while the service runs, those that every service shares as well. */
public final class RouteReload extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

  /** An editor empties a file, then fills it: what is the same at two looks is whole. */
  private static final int MILLIS_BETWEEN_LOOKS = 150;

  /** While nothing happens that the system would tell of. */
  private static final int MILLIS_OF_REST = 1_000;

  /** Until then there is more to do, and some processes do not last longer. */
  private static final int SECONDS_TO_REHEARSE = 30;

  private final CamelContext context;
  private final RouteFolder folder;
  private final SavedRoutes saved;
  private final FolderWatch watch;
  private FolderEvents events;
  private ScheduledExecutorService looking;
  private boolean begun;
  private boolean atRest;

  public RouteReload(CamelContext context, RouteFolder folder, SavedRoutes saved) {
    this.context = context;
    this.folder = folder;
    this.saved = saved;
    watch = new FolderWatch(folder::files, saved.texts().keySet());
  }

  @Override
  protected void doStart() {
    events = new FolderEvents(List.of(folder.path(), folder.shared()));
    looking =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "routes of " + folder.service());
              thread.setDaemon(true);
              return thread;
            });
    looking.scheduleWithFixedDelay(
        this::lookInTime, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    looking.schedule(this::rehearse, SECONDS_TO_REHEARSE, TimeUnit.SECONDS);
  }

  private void lookInTime() {
    try {
      if (atRest) {
        events.await(MILLIS_OF_REST);
      }
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    if (!context.isStarted()) {
      return;
    }
    try {
      Collection<Save> changed = watch.changed(Save::of).values();
      if (!changed.isEmpty()) {
        take(changed);
      }
      atRest = !saved.judge() && !watch.isRestless();
    } catch (RuntimeException e) {
      LOG.error("Route files that were saved could not be looked at", e);
    }
  }

  private void take(Collection<Save> changed) {
    if (begun) {
      saved.take(changed);
    } else {
      begun = true;
      saved.begin(context, changed);
    }
  }

  /**
   * Checks what runs, which a start does not. With it the checker has read what the first save
   * would wait for; Java would have to be compiled for that.
   */
  private void rehearse() {
    Map<Path, String> yaml = new TreeMap<>(saved.texts());
    yaml.keySet().removeIf(Unread::isJava);
    try {
      saved.check(yaml);
    } catch (Exception e) {
      LOG.warn("This runs, but would be refused if it was saved now: {}", Reason.of(e));
    }
  }

  @Override
  protected void doStop() throws IOException {
    if (looking != null) {
      looking.shutdown();
      events.close();
    }
  }
}
