package courier.reload.save;

import courier.reload.Origin;
import courier.reload.RouteFolder;
import courier.reload.version.Version;
import courier.reload.version.Version.Result;
import courier.reload.version.VersionLog;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.main.RoutesCollector;
import org.apache.camel.spi.Resource;

/**
 * What a service begins with: its files as they are, but for those whose last save was not live
 * when it ran. In their place is what ran then, as a restart is no reason to run what was refused.
 */
public final class RoutesAtStart {
  private final RouteFolder folder;
  private final VersionLog versions;

  /** In the order in which Camel is to have them, as beans name those of files before. */
  private final SortedMap<Path, String> texts;

  /** Those that were taken back, which nobody tries again until they are saved. */
  private final Map<Path, Version> takenBack = new TreeMap<>();

  private RoutesAtStart(RouteFolder folder, VersionLog versions) {
    this.folder = folder;
    this.versions = versions;
    texts = new TreeMap<>(Comparator.comparing(this::isOwn).thenComparing(file -> file));
  }

  /**
   * @throws courier.config.StartupException when a file cannot be read that never ran
   */
  public static RoutesAtStart of(RouteFolder folder, VersionLog versions) {
    RoutesAtStart start = new RoutesAtStart(folder, versions);
    Set<Path> files = new HashSet<>(folder.files());
    files.addAll(versions.files(folder.path()));
    files.forEach(start::add);
    return start;
  }

  private boolean isOwn(Path file) {
    return folder.path().equals(file.getParent());
  }

  private void add(Path file) {
    Save save = Save.of(file);
    List<Version> known = versions.of(file);
    Version last = known.isEmpty() ? null : known.get(known.size() - 1);
    if (last != null && isAsItWas(save, last)) {
      String before = liveBefore(last, known);
      if (before != null) {
        texts.put(file, before);
      }
      if (last.result() == Result.TAKEN_BACK) {
        takenBack.put(file, last);
      }
    } else if (!save.isGone()) {
      texts.put(file, RouteFolder.text(file));
    }
  }

  /** Whether it was not live as it is now. */
  private static boolean isAsItWas(Save save, Version last) {
    boolean notLive = last.result() == Result.REFUSED || last.result() == Result.TAKEN_BACK;
    return notLive && Objects.equals(save.text(), last.text());
  }

  /** What was taken back was live as well, for a moment. */
  private static String liveBefore(Version last, List<Version> known) {
    return known.stream()
        .filter(version -> version.wasLive() || version.result() == Result.DELETED)
        .filter(version -> version.text() == null || !version.text().equals(last.text()))
        .reduce((earlier, later) -> later)
        .map(Version::text)
        .orElse(null);
  }

  public RouteFolder folder() {
    return folder;
  }

  public VersionLog versions() {
    return versions;
  }

  Map<Path, String> texts() {
    return texts;
  }

  Map<Path, Version> takenBack() {
    return takenBack;
  }

  /**
   * Whether a route names this endpoint, such as {@code mongodb:}. What a file does on a condition
   * alone does not count.
   */
  public boolean uses(String uri) {
    return texts.values().stream()
        .anyMatch(text -> text.contains(uri) && !text.contains("precondition:"));
  }

  /** Gives them to Camel. */
  public RoutesCollector collector() {
    return new DefaultRoutesCollector() {
      @Override
      public Collection<Resource> findRouteResourcesFromDirectory(
          CamelContext context, String excluded, String included) {
        return texts.entrySet().stream()
            .map(file -> Origin.resource(file.getKey(), file.getValue()))
            .toList();
      }
    };
  }
}
