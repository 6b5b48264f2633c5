package courier.reload;

import courier.config.StartupException;
import courier.reload.file.RouteText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that is a service: {@code routes/<service>/}, its YAML and Java routes. What lies in
 * {@code routes/} itself is every service's, such as the error policies.
 */
public record RouteFolder(String service, Path path) {
  /**
   * All services, by name.
   *
   * @throws StartupException when there is no such folder
   */
  public static List<RouteFolder> all(Path routes) {
    try (Stream<Path> folders = Files.list(routes)) {
      return folders
          .filter(Files::isDirectory)
          .filter(folder -> !isNobodys(folder))
          .sorted()
          .map(folder -> new RouteFolder(folder.getFileName().toString(), folder))
          .toList();
    } catch (IOException e) {
      throw new StartupException(
          "There is no folder %s: start Courier in the folder that has routes/."
              .formatted(routes.toAbsolutePath()));
    }
  }

  /** The folder of what every service has. */
  public Path shared() {
    Path parent = path.getParent();
    return parent == null ? Path.of(".") : parent;
  }

  /** The files that Camel loads. */
  public List<Path> files() {
    return Stream.concat(files(shared()), files(path)).toList();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(RouteFolder::isRoute).sorted().toList().stream();
    } catch (IOException | UncheckedIOException e) {
      throw new StartupException("Cannot read the folder %s: %s".formatted(folder, e.getMessage()));
    }
  }

  /** Those that are of this service alone. */
  List<Path> own() {
    return files(path).toList();
  }

  boolean hasRoutes() {
    return !own().isEmpty();
  }

  public void requireRoutes() {
    if (!hasRoutes()) {
      throw noRoutes();
    }
  }

  public StartupException noRoutes() {
    return new StartupException(
        "%s has no routes: put a *.camel.yaml or *.java file there.".formatted(path));
  }

  /**
   * Not what begins with a dot: an editor's swap file or lock, what Kubernetes links to. A name
   * that ends otherwise, as that of a backup does, is no route either.
   */
  private static boolean isRoute(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".camel.yaml") || name.endsWith(".java"))
        && !name.startsWith(".")
        && Files.isRegularFile(file);
  }

  /** A hidden folder, and the one that a file system has for itself. */
  private static boolean isNobodys(Path folder) {
    String name = folder.getFileName().toString();
    return name.startsWith(".") || name.equals("lost+found");
  }

  public static String text(Path file) {
    try {
      return RouteText.of(file);
    } catch (IOException e) {
      throw new StartupException("Cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }
}
