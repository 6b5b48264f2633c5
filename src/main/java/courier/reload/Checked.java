package courier.reload;

import courier.config.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which services the files and folders are of that somebody names. */
final class Checked {
  private Checked() {}

  /**
   * Of a file its service, or all if it is one that they share; of a folder that is no service
   * those that are in it.
   *
   * @return what to look at, by service
   */
  static Map<RouteFolder, Set<Path>> of(List<Path> targets) {
    Map<RouteFolder, Set<Path>> checked = new LinkedHashMap<>();
    for (Path target : targets) {
      boolean all = Files.isDirectory(target);
      for (RouteFolder folder : services(target)) {
        Set<Path> files = checked.computeIfAbsent(folder, each -> new LinkedHashSet<>());
        if (!all) {
          files.add(target);
        } else {
          files.addAll(folder.path().equals(target) ? folder.own() : folder.files());
        }
      }
    }
    return checked;
  }

  private static List<RouteFolder> services(Path target) {
    if (!Files.exists(target)) {
      throw new StartupException(
          "There is no %s: name a route file, or a folder of them.".formatted(target));
    }
    Path parent = target.getParent() == null ? Path.of("") : target.getParent();
    Path folder = Files.isDirectory(target) ? target : parent;
    List<RouteFolder> within =
        RouteFolder.all(folder).stream().filter(RouteFolder::hasRoutes).toList();
    RouteFolder alone = new RouteFolder(folder.toAbsolutePath().getFileName().toString(), folder);
    if (within.isEmpty() && Files.isDirectory(target) && !alone.hasRoutes()) {
      throw alone.noRoutes();
    }
    return within.isEmpty() ? List.of(alone) : within;
  }
}
