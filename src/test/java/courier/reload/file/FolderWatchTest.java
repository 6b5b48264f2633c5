package courier.reload.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.reload.RouteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How editors and others write files, and what is seen of it. */
class FolderWatchTest {
  @TempDir private Path routes;
  private Path file;
  private FolderWatch watch;

  @BeforeEach
  void start() throws IOException {
    Path service = Files.createDirectory(routes.resolve("client-c"));
    file = Files.writeString(service.resolve("a.camel.yaml"), "one");
    watch(service);
  }

  private void watch(Path service) {
    RouteFolder folder = new RouteFolder(service.getFileName().toString(), service);
    watch = new FolderWatch(folder::files, Set.of());
    assertEquals(Set.copyOf(folder.files()), changed());
  }

  private Set<Path> changed() {
    return watch.changed(file -> file).keySet();
  }

  /** What a way of saving leaves when it is done. */
  private interface Way {
    void save(Path file) throws IOException;
  }

  static Stream<Way> ways() {
    return Stream.of(
        file -> Files.writeString(file, "other"),
        // vim: the old one is moved away, and the new one written
        file -> {
          Path backup = Files.move(file, file.resolveSibling("a.camel.yaml~"));
          Files.writeString(file.resolveSibling("4913"), "");
          Files.delete(file.resolveSibling("4913"));
          Files.writeString(file, "two");
          Files.delete(backup);
        },
        // JetBrains, VS Code's atomic save, sed -i: a new one is moved over it
        file -> {
          Path next = Files.writeString(file.resolveSibling("a.camel.yaml___jb_tmp___"), "two");
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        },
        // a copy that keeps the time of what it is a copy of
        file -> {
          var time = Files.getLastModifiedTime(file);
          Path next = Files.writeString(file.resolveSibling(".next"), "two");
          Files.setLastModifiedTime(next, time);
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        },
        Files::delete);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isSeenOnceWhenItIsDone(Way way) throws IOException {
    way.save(file);

    assertEquals(Set.of(), changed());
    assertEquals(Set.of(file), changed());
    assertEquals(Set.of(), changed());
  }

  @Test
  void whatEditorsLeaveBesideItIsNothing() throws IOException {
    for (String name :
        List.of(
            ".a.camel.yaml.swp",
            "4913",
            "a.camel.yaml~",
            "#a.camel.yaml#",
            "._a.camel.yaml",
            ".b.camel.yaml",
            "a.camel.yaml.bak",
            "a.camel.yaml.orig")) {
      Files.writeString(file.resolveSibling(name), "- route:");
    }
    // Emacs's lock: a link to nowhere
    Files.createSymbolicLink(file.resolveSibling(".#a.camel.yaml"), Path.of("me@here.1:2"));
    Files.createSymbolicLink(file.resolveSibling("b.camel.yaml"), Path.of("nowhere"));
    Files.createDirectory(file.resolveSibling("c.camel.yaml"));

    assertEquals(Set.of(), changed());
    assertEquals(Set.of(), changed());
  }

  @Test
  void hiddenFoldersAndThatOfTheFileSystemAreNoServices() throws IOException {
    for (String name : List.of(".git", "..data", "lost+found")) {
      Files.createDirectory(routes.resolve(name));
    }

    assertEquals(
        List.of("client-c"), RouteFolder.all(routes).stream().map(RouteFolder::service).toList());
  }

  @Test
  void aMountThatKubernetesSwapsIsSeenAsOne() throws IOException {
    Path service = Files.createDirectory(routes.resolve("mounted"));
    mount(service, "..1", "one");
    Files.createSymbolicLink(service.resolve("..data"), Path.of("..1"));
    for (String name : List.of("a.camel.yaml", "b.camel.yaml")) {
      Files.createSymbolicLink(service.resolve(name), Path.of("..data", name));
    }
    watch(service);

    mount(service, "..2", "two");
    Files.createSymbolicLink(service.resolve("..data_tmp"), Path.of("..2"));
    Files.move(
        service.resolve("..data_tmp"), service.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    assertEquals(Set.of(), changed());
    assertEquals(
        Set.of(service.resolve("a.camel.yaml"), service.resolve("b.camel.yaml")), changed());
  }

  private static void mount(Path service, String folder, String text) throws IOException {
    Path mounted = Files.createDirectory(service.resolve(folder));
    Files.writeString(mounted.resolve("a.camel.yaml"), text);
    Files.writeString(mounted.resolve("b.camel.yaml"), text);
  }

  @Test
  void whileOneIsWrittenTheOthersWaitForItButNotForLong() throws IOException {
    Path slow = file.resolveSibling("slow.camel.yaml");
    Files.writeString(file, "other");
    StringBuilder written = new StringBuilder();
    Set<Path> seen = Set.of();
    int looks = 0;
    while (seen.isEmpty()) {
      Files.writeString(slow, written.append("more"));
      seen = changed();
      looks++;
    }

    assertEquals(Set.of(file), seen);
    assertEquals(6, looks);
    assertEquals(Set.of(slow), changed());
  }

  @Test
  void aFolderThatIsAwayIsNoNewsOfItsFiles() throws IOException {
    Path away = Files.move(routes.resolve("client-c"), routes.resolve("away"));
    assertEquals(Set.of(), changed());
    assertEquals(Set.of(), changed());

    Files.move(away, routes.resolve("client-c"));
    assertEquals(Set.of(), changed());
  }

  @Test
  void oneThatIsGoneAtFirstIsNewsWhenItIsBackAsItWas() throws IOException {
    Path away = Files.move(file, file.resolveSibling("away"));
    watch = new FolderWatch(new RouteFolder("client-c", file.getParent())::files, Set.of(file));
    assertEquals(Set.of(file), changed());
    Files.move(away, file);

    assertEquals(Set.of(), changed());
    assertEquals(Set.of(file), changed());
  }

  @Test
  void whatChangesWhileItIsReadIsReadAgain() throws IOException {
    Files.writeString(file, "other");
    assertEquals(Set.of(), changed());

    assertEquals(Map.of(), watch.changed(same -> read(same, "another one")));
    assertEquals(Set.of(), changed());
    assertEquals(Map.of(file, "another one"), watch.changed(same -> read(same, "another one")));
  }

  /** Somebody writes as soon as it is read. */
  private static String read(Path file, String next) {
    try {
      String text = Files.readString(file);
      if (!text.equals(next)) {
        Files.writeString(file, next);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneThatAFolderReplacesIsGone() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);

    assertEquals(Set.of(), changed());
    assertEquals(Set.of(file), changed());
  }
}
