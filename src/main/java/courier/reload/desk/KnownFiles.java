package courier.reload.desk;

import courier.failure.Reason;
import courier.http.Refusal;
import courier.reload.RouteFolder;
import courier.reload.save.SavedRoutes;
import courier.reload.version.Version;
import courier.reload.version.VersionLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The route files of a service, also those that are gone as long as their versions are kept. */
record KnownFiles(RouteFolder folder, SavedRoutes saved, VersionLog log) {
  Set<Path> all() {
    Set<Path> files = new TreeSet<>(folder.files());
    files.addAll(log.files(folder.path()));
    return files;
  }

  /**
   * The file of this name; if the service has one and all share another, its own.
   *
   * @throws Refusal 404
   */
  Path file(String name) {
    return all().stream()
        .filter(file -> name(file).equals(name))
        .min((one, other) -> Boolean.compare(isShared(one), isShared(other)))
        .orElseThrow(
            () -> new Refusal(404, "There is no route file of this name: GET /routes has them."));
  }

  boolean isShared(Path file) {
    return folder.shared().equals(file.getParent());
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The oldest first. */
  List<Version> versions(Path file) {
    return log.of(file);
  }

  /**
   * @throws Refusal 404
   */
  Version version(Path file, int number) {
    return versions(file).stream()
        .filter(version -> version.number() == number && version.text() != null)
        .findFirst()
        .orElseThrow(
            () -> new Refusal(404, "There is no text of this version: GET /routes/{file} has it."));
  }

  /**
   * What runs, if the file is otherwise by now; else what ran before.
   *
   * @throws Refusal 409 if there is none
   */
  Version versionBefore(Path file) {
    String text = saved.text(file);
    boolean undone = saved.isRefused(file);
    return versions(file).stream()
        .filter(Version::wasLive)
        .filter(version -> version.text().equals(text) == undone)
        .reduce((one, later) -> later)
        .orElseThrow(() -> new Refusal(409, "There is no version before this one."));
  }

  /**
   * @throws Refusal 409 when a file with this text could not be live
   */
  void check(Path file, String text) {
    try {
      saved.check(Map.of(file, text));
    } catch (Exception e) {
      throw new Refusal(409, "That cannot be live now: " + Reason.of(e));
    }
  }

  /** What is wrong with a file as it is on the disk; empty is nothing. */
  String problem(Path file) {
    try {
      saved.check(Map.of(file, RouteFolder.text(file)));
      return "";
    } catch (Exception e) {
      return Reason.of(e);
    }
  }

  /** Those whose last save is not live. */
  String refused() {
    return all().stream()
        .filter(saved::isRefused)
        .map(KnownFiles::name)
        .collect(Collectors.joining(","));
  }
}
