package courier.check.mistake;

import courier.check.source.Folder;
import courier.config.Nearest;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Stream;

/** The classes that a route file may name. */
final class Classes {
  private static final ClassLoader LOADER = Classes.class.getClassLoader();

  private Classes() {}

  /** None if it is not here. */
  static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, LOADER));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Whether it is Camel's, of a package of which nothing is here. */
  static boolean isOfAnotherPart(String name) {
    String folder = name.substring(0, name.lastIndexOf('.')).replace('.', '/');
    return name.startsWith("org.apache.camel.") && LOADER.getResource(folder) == null;
  }

  /** Whether a Java file of the folder is that class. */
  static boolean isBeside(String name, Folder folder) {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".java";
    return folder.sources().stream()
        .map(source -> source.file().toAbsolutePath().resolveSibling(file))
        .anyMatch(Files::exists);
  }

  /** The one of the same package, or the same package nearly, with the nearest name. */
  static Optional<String> nearest(String name) {
    String packageName = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    List<String> known = in(packageName);
    if (known.isEmpty()) {
      String simple = name.substring(name.lastIndexOf('.') + 1);
      known = sources().filter(each -> each.endsWith("." + simple)).toList();
    }
    return Nearest.to(name, known);
  }

  private static List<String> in(String packageName) {
    String folder = packageName.replace('.', '/') + "/";
    return entries(folder)
        .filter(each -> each.startsWith(folder) && each.indexOf('/', folder.length()) < 0)
        .filter(each -> each.endsWith(".class") && !each.contains("$"))
        .map(each -> each.replaceFirst("\\.class$", "").replace('/', '.'))
        .toList();
  }

  /** Courier's own. */
  private static Stream<String> sources() {
    return entries("courier/")
        .filter(each -> each.endsWith(".class") && !each.contains("$"))
        .map(each -> each.replaceFirst("\\.class$", "").replace('/', '.'));
  }

  private static Stream<String> entries(String folder) {
    List<String> entries = new ArrayList<>();
    try {
      for (URL url : Collections.list(LOADER.getResources(folder))) {
        if (url.openConnection() instanceof JarURLConnection jar) {
          jar.getJarFile().stream().map(JarEntry::getName).forEach(entries::add);
        } else {
          Path root = Path.of(url.toURI());
          try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> folder + root.relativize(file)).forEach(entries::add);
          }
        }
      }
    } catch (IOException | URISyntaxException e) {
      return Stream.empty(); // no name is near then
    }
    return entries.stream();
  }

  static List<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .map(java.lang.reflect.Method::getName)
        .distinct()
        .toList();
  }
}
