package courier.chaos;

import courier.chaos.ledger.HarnessFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A route file to be broken on purpose; what to break must be there, or the control says nothing.
 */
public final class RouteFile {
  private final Path file;
  private final List<String> lines;

  private RouteFile(Path file) {
    this.file = file;
    lines = read(file);
  }

  /** The one file of a folder that says this. */
  public static RouteFile with(Path folder, String text) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> read(file).stream().anyMatch(l -> l.contains(text))).toList();
      if (found.size() != 1) {
        throw new HarnessFault(text + " is in " + found + ", not in one file", null);
      }
      return new RouteFile(found.get(0));
    }
  }

  private static List<String> read(Path file) {
    try {
      return new ArrayList<>(Files.readAllLines(file));
    } catch (IOException e) {
      throw new HarnessFault("no route", e);
    }
  }

  /** Puts another step where the one of this id is, and returns that one. */
  public List<String> replaceStep(String id, String... steps) {
    int first = stepOf("id: " + id);
    List<String> step = lines.subList(first, end(first));
    List<String> cut = new ArrayList<>(step);
    step.clear();
    lines.addAll(first, indented(List.of(steps), indent(cut.get(0))));
    return cut;
  }

  /** Puts steps before the one that says this. */
  void insertBefore(String text, List<String> steps) {
    int first = stepOf(text);
    lines.addAll(first, indented(steps, indent(lines.get(first))));
  }

  void replace(String text, String other) {
    int line = only(text);
    lines.set(line, lines.get(line).replace(text, other));
  }

  private int stepOf(String text) {
    int line = only(text);
    int inside = indent(lines.get(line));
    while (!lines.get(line).stripLeading().startsWith("- ")
        || indent(lines.get(line)) >= inside && !lines.get(line).contains(text)) {
      line--;
    }
    return line;
  }

  private int end(int first) {
    int end = first + 1;
    while (end < lines.size()
        && (lines.get(end).isBlank() || indent(lines.get(end)) > indent(lines.get(first)))) {
      end++;
    }
    return end;
  }

  private int only(String text) {
    int[] found =
        IntStream.range(0, lines.size()).filter(i -> lines.get(i).contains(text)).toArray();
    if (found.length != 1) {
      throw new HarnessFault(file.getFileName() + " says " + found.length + " x " + text, null);
    }
    return found[0];
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static List<String> indented(List<String> steps, int indent) {
    int had = steps.isEmpty() ? 0 : indent(steps.get(0));
    return steps.stream().map(line -> " ".repeat(indent) + line.substring(had)).toList();
  }

  void save() throws IOException {
    Files.write(file, lines);
  }
}
