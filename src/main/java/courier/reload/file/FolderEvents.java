package courier.reload.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the system tells of folders, for who would look at them at once, and else now and then. */
public final class FolderEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);

  private static final WatchEvent.Kind<?>[] ALL = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  private final List<Path> folders;
  private final WatchService service;

  public FolderEvents(List<Path> folders) {
    this.folders = List.copyOf(folders);
    service = service();
  }

  /** Null if the system has none to spare. */
  private static WatchService service() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      LOG.debug("The system does not tell of route files", e);
      return null;
    }
  }

  /** Waits until something happens in one of the folders, or has since the last call. */
  public void await(long atMostMillis) throws InterruptedException {
    try {
      register();
      WatchKey key = poll(atMostMillis);
      while (key != null) {
        key.pollEvents();
        key.reset();
        key = service.poll();
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("Nobody waits any more", e);
    }
  }

  private WatchKey poll(long millis) throws InterruptedException {
    if (service == null) {
      TimeUnit.MILLISECONDS.sleep(millis);
      return null;
    }
    return service.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Each time, as a folder may be another one by now. */
  private void register() {
    for (Path folder : folders) {
      try {
        if (service != null) {
          folder.register(service, ALL);
        }
      } catch (IOException e) {
        LOG.debug("The system does not tell of {}", folder, e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }
}
