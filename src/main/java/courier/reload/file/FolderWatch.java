package courier.reload.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds which files are otherwise than before. It looks at them, where events of the system would
 * not tell of all: of what is behind a link that is swapped (as Kubernetes does with a mounted
 * ConfigMap), or in a folder of another machine.
 */
public final class FolderWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  /** Looks to wait for who still writes, before the files that are whole are taken without. */
  private static final int MOST_RESTLESS_LOOKS = 6;

  private final Supplier<List<Path>> files;
  private final Map<Path, Stamp> taken;
  private Map<Path, Stamp> seen;
  private int restless;
  private boolean isAway;

  /** What tells one state of a file from another; of a link, that of its end. */
  private record Stamp(Object key, FileTime time, long size) {}

  /**
   * @param files those that are there; may fail, which is no news of them
   */
  public FolderWatch(Supplier<List<Path>> files) {
    this.files = files;
    taken = new HashMap<>(stamps());
    seen = Map.copyOf(taken);
  }

  /**
   * To be called again and again.
   *
   * @return those that are new, other or gone since the last call that had them; none while they
   *     are being written
   */
  public Set<Path> changed() {
    Map<Path, Stamp> before = seen;
    try {
      seen = stamps();
      isAway = false;
    } catch (RuntimeException e) {
      if (!isAway) {
        LOG.warn("Cannot look at the route files, what runs goes on: {}", e.getMessage());
      }
      isAway = true;
      return Set.of();
    }
    if (seen.equals(taken)) {
      restless = 0;
      return Set.of();
    }
    // Of many that are written one after the other, all together: some may need the others.
    if (!seen.equals(before) && ++restless < MOST_RESTLESS_LOOKS) {
      return Set.of();
    }
    restless = 0;
    return take(before);
  }

  private Set<Path> take(Map<Path, Stamp> before) {
    Set<Path> all = new HashSet<>(taken.keySet());
    all.addAll(seen.keySet());
    Set<Path> changed = new TreeSet<>();
    for (Path file : all) {
      Stamp now = seen.get(file);
      if (Objects.equals(now, before.get(file)) && !Objects.equals(now, taken.get(file))) {
        changed.add(file);
        taken.compute(file, (same, old) -> now);
      }
    }
    return changed;
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files.get()) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(file, new Stamp(now.fileKey(), now.lastModifiedTime(), now.size()));
      } catch (IOException e) {
        LOG.debug("{} is gone while it is looked at", file);
      }
    }
    return stamps;
  }
}
