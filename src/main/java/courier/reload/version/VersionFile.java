package courier.reload.version;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the versions of one route file are kept: a list in JSON. */
record VersionFile(Path place) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<List<Version>> VERSIONS = new TypeReference<>() {};
  private static final int MOST_FILES = 200;
  private static final String END = ".json";

  static Path in(Path folder, String name) {
    return folder.resolve(name + END);
  }

  /** The name of the route file. */
  String of() {
    String name = place.getFileName().toString();
    return name.substring(0, name.length() - END.length());
  }

  /** None if there are none that can be read. */
  List<Version> read() {
    try {
      return JSON.readValue(Files.readAllBytes(place), VERSIONS);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** In one move, so that nobody reads half of it. */
  void write(List<Version> versions) throws IOException {
    Path next = place.resolveSibling("." + of() + ".next");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(versions));
    Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Those of a folder. */
  static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(END)).sorted().toList();
    }
  }

  /** Leaves no more than there may be, those that were changed last. */
  static void forgetOld(Path folder) throws IOException {
    List<Path> kept = new ArrayList<>(all(folder));
    if (kept.size() > MOST_FILES) {
      kept.sort(Comparator.comparing(file -> file.toFile().lastModified()));
      for (Path old : kept.subList(0, kept.size() - MOST_FILES)) {
        Files.deleteIfExists(old);
      }
    }
  }
}
