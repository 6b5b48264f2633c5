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
import java.util.TreeMap;
import java.util.function.Function;
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

  /** Of what nobody has read from here, which no file has, nor one that is gone. */
  private static final Stamp UNREAD = new Stamp(null, FileTime.fromMillis(0), -1);

  private final Supplier<List<Path>> files;
  private final Map<Path, Stamp> taken = new HashMap<>();
  private Map<Path, Stamp> seen;
  private int restless;
  private boolean isAway;

  /** What tells one state of a file from another; of a link, that of its end. */
  private record Stamp(Object key, FileTime time, long size) {}

  /**
   * @param files those that are there; may fail, which is no news of them
   * @param known further ones, which are news at first like all that are there, also if gone
   */
  public FolderWatch(Supplier<List<Path>> files, Set<Path> known) {
    this.files = files;
    known.forEach(file -> taken.put(file, UNREAD));
    seen = stamps();
  }

  /**
   * To be called again and again.
   *
   * @param reader of a file, which may be gone
   * @return what was read of those that are new, other or gone since the last call that had them;
   *     none while they are being written
   */
  public <T> Map<Path, T> changed(Function<Path, T> reader) {
    Map<Path, Stamp> before = seen;
    try {
      seen = stamps();
      isAway = false;
    } catch (RuntimeException e) {
      if (!isAway) {
        LOG.warn("Cannot look at the route files, what runs goes on: {}", e.getMessage());
      }
      isAway = true;
      return Map.of();
    }
    if (!isRestless()) {
      restless = 0;
      return Map.of();
    }
    // Of many that are written one after the other, all together: some may need the others.
    if (!seen.equals(before) && ++restless < MOST_RESTLESS_LOOKS) {
      return Map.of();
    }
    restless = 0;
    return take(before, reader);
  }

  /** Whether something is otherwise than at the last call that had it, and is to be called soon. */
  public boolean isRestless() {
    return !seen.equals(taken);
  }

  private <T> Map<Path, T> take(Map<Path, Stamp> before, Function<Path, T> reader) {
    Set<Path> all = new HashSet<>(taken.keySet());
    all.addAll(seen.keySet());
    Map<Path, T> changed = new TreeMap<>();
    for (Path file : all) {
      Stamp now = seen.get(file);
      if (Objects.equals(now, before.get(file)) && !Objects.equals(now, taken.get(file))) {
        T read = reader.apply(file);
        // What is otherwise by now is news at the next look, and not what was seen at this one.
        if (Objects.equals(now, stamp(file))) {
          changed.put(file, read);
          taken.compute(file, (same, old) -> now);
        }
      }
    }
    return changed;
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : files.get()) {
      stamps.compute(file, (same, none) -> stamp(file));
    }
    return stamps;
  }

  /** Null if it is gone, or no file. */
  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.isRegularFile()
          ? new Stamp(now.fileKey(), now.lastModifiedTime(), now.size())
          : null;
    } catch (IOException e) {
      LOG.debug("{} is gone", file);
      return null;
    }
  }
}
