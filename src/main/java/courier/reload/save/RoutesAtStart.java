package courier.reload.save;

import courier.config.StartupException;
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
 * when it ran, and those that cannot be read, as while somebody saves them. In their place is what
 * ran then: a restart is no reason to run what was refused, or nothing.
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
   * @throws StartupException when a file cannot be read that never ran
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
    boolean asItWas = last != null && isAsItWas(save, last);
    if (last == null && !save.isReadable()) {
      throw new StartupException(save.problem());
    }
    put(file, asItWas || !save.isReadable() ? ran(last, known) : save.text());
    if (asItWas && last.result() == Result.TAKEN_BACK) {
      takenBack.put(file, last);
    }
  }

  private void put(Path file, String text) {
    if (text != null) {
      texts.put(file, text);
    }
  }

  /** Whether it was not live as it is now. */
  private static boolean isAsItWas(Save save, Version last) {
    return isNotLive(last) && Objects.equals(save.text(), last.text());
  }

  private static boolean isNotLive(Version version) {
    return version.result() == Result.REFUSED || version.result() == Result.TAKEN_BACK;
  }

  /** What was taken back was live as well, for a moment. */
  private static String ran(Version last, List<Version> known) {
    if (!isNotLive(last)) {
      return last.text();
    }
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
