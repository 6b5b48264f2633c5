package courier.training;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of the virtual machine, {@code courier.options} beside the jar. A training is its
 * last lines. They are not there before, since the option of one version of Java is a mistake to
 * another one, and a file that is missing an error.
 */
final class OptionsFile {
  private static final String BEGIN = "# From here on: of the last training (courier.jar train).";

  private final Path jar;
  private final Path file;

  private OptionsFile(Path jar) {
    this.jar = jar;
    file = jar.resolveSibling("courier.options");
  }

  /**
   * By the path of the jar that Java was started with, as what is kept holds only for that path.
   */
  static OptionsFile besideJar() {
    String jar = System.getProperty("java.class.path");
    OptionsFile options = new OptionsFile(Path.of(jar));
    if (!jar.endsWith(".jar") || !Files.isRegularFile(options.file)) {
      throw new IllegalStateException(
          "There is no %s: train the jar that has it beside it, by java -jar."
              .formatted(options.file));
    }
    return options;
  }

  Path jar() {
    return jar;
  }

  Path folder() {
    return jar.toAbsolutePath().getParent().equals(Path.of("").toAbsolutePath())
        ? Path.of("")
        : jar.getParent();
  }

  void forgetTraining() throws IOException {
    write(untrained());
  }

  /**
   * @param use the option by which the virtual machine finds what it learnt
   */
  void useTraining(String use) throws IOException {
    List<String> lines = new ArrayList<>(untrained());
    lines.add(BEGIN);
    lines.add("# Another version of Java does not know it, and goes without.");
    lines.add("-XX:+IgnoreUnrecognizedVMOptions");
    lines.add(
        "# So does one whose jar is another one by now, and need not call that an error. Its tag");
    lines.add(
        "# is one that another version does not start with, so the others are named instead.");
    lines.add("-Xlog:disable");
    lines.add("-Xlog:gc*=warning,os*=warning,safepoint*=warning,codecache=warning:stderr");
    // In quotes a space or a # is part of a name.
    lines.add('"' + use.replace("\\", "\\\\") + '"');
    write(lines);
  }

  private List<String> untrained() throws IOException {
    return Files.readAllLines(file).stream().takeWhile(line -> !line.equals(BEGIN)).toList();
  }

  /** At once, as Courier may be started meanwhile. */
  private void write(List<String> lines) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, lines);
    Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
