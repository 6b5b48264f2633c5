package courier.reload.version;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last ten versions of each route file of a service, a JSON file for each, over restarts.
 * Several processes may have the same folder. It is bounded: an old version goes before ten, or
 * before the texts of a file have a megabyte, and so do those of files that are long gone.
 */
public final class VersionLog {
  private static final Logger LOG = LoggerFactory.getLogger(VersionLog.class);
  private static final int MOST_VERSIONS = 10;
  private static final int MOST_GOOD = 2;
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_WORDS = 2000;

  private final Path folder;
  private final Path shared;
  private final Clock clock;
  private boolean told;

  /**
   * @param folder where to keep them; made when it is needed
   * @param shared the folder of the files that every service has
   */
  public VersionLog(Path folder, Path shared, Clock clock) {
    this.folder = folder;
    this.shared = shared;
    this.clock = clock;
  }

  private Path place(Path file) {
    Path place = shared.equals(file.getParent()) ? folder.resolve("shared") : folder;
    return VersionFile.in(place, file.getFileName().toString());
  }

  /**
   * Adds a version, unless it is as the last one. That it cannot is no reason to do without the
   * save.
   *
   * @param text null if the file is gone or cannot be read
   * @param why null if it is live
   */
  public synchronized void add(Path file, String text, Version.Result result, String why) {
    Path place = place(file);
    try {
      Files.createDirectories(place.getParent());
      try (FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        List<Version> versions = new ArrayList<>(of(file));
        Version last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        if (last != null && Objects.equals(last.text(), text) && last.result() == result) {
          return;
        }
        versions.add(
            new Version(
                last == null ? 1 : last.number() + 1,
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                result,
                why == null ? null : why.substring(0, Math.min(why.length(), MOST_WORDS)),
                text));
        new VersionFile(place).write(bounded(versions));
        VersionFile.forgetOld(place.getParent());
      }
    } catch (IOException | RuntimeException e) {
      if (!told) {
        LOG.warn("The versions of route files are not kept in {}: {}", folder, e.toString());
      }
      told = true;
    }
  }

  /** Many that were refused do not drive out what one may go back to. */
  private static List<Version> bounded(List<Version> versions) {
    List<Version> newestFirst = new ArrayList<>(versions);
    Collections.reverse(newestFirst);
    List<Version> good = newestFirst.stream().filter(Version::wasLive).limit(MOST_GOOD).toList();
    List<Version> kept = new ArrayList<>();
    int room = MOST_VERSIONS - good.size();
    long characters = 0;
    for (Version version : newestFirst) {
      characters += good.contains(version) || version.text() == null ? 0 : version.text().length();
      if (good.contains(version) || room-- > 0 && characters <= MOST_CHARACTERS) {
        kept.add(0, version);
      }
    }
    return kept;
  }

  /**
   * The files that it has versions of, also those that are gone.
   *
   * @param own the folder of those that no other service has
   */
  public List<Path> files(Path own) {
    List<Path> files = new ArrayList<>();
    for (Path of : List.of(own, shared)) {
      try {
        for (Path place : VersionFile.all(place(of.resolve("any")).getParent())) {
          files.add(of.resolve(new VersionFile(place).of()));
        }
      } catch (IOException e) {
        LOG.debug("None of {}", of, e);
      }
    }
    return files;
  }

  /** The versions of a file, the oldest first; none of one that is not known. */
  public List<Version> of(Path file) {
    return new VersionFile(place(file)).read();
  }
}
