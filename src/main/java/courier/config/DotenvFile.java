package courier.config;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The file {@code .env}, if there is one. What it says is not repeated to anybody. */
final class DotenvFile {
  private DotenvFile() {}

  static Map<String, String> read(Path directory) {
    Map<String, String> entries = new TreeMap<>();
    try {
      Dotenv.configure()
          .directory(directory.toAbsolutePath().toString())
          .ignoreIfMissing()
          .load()
          .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
          .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    } catch (DotenvException e) {
      throw new StartupException(
          "Cannot read .env: %s. Write lines as KEY=value, and a value with # in quotes."
              .formatted(place(directory.resolve(".env"), String.valueOf(e.getMessage()))));
    }
    return entries;
  }

  /** The library names the line by its text, and that may be a password. */
  private static String place(Path file, String complaint) {
    try {
      List<String> lines = Files.readAllLines(file);
      return IntStream.range(0, lines.size())
          .filter(i -> !lines.get(i).isBlank() && complaint.endsWith(lines.get(i).strip()))
          .mapToObj(i -> "line " + (i + 1) + " is no entry")
          .findFirst()
          .orElse("a line is no entry");
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
