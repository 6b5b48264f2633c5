package courier.message.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code src/test/resources/records}: what a record has beside a good message, and in the
 * line before what is to come of it, {@code stored} or {@code dead-lettered}, and the text to be
 * found there.
 */
record RecordCase(String name, boolean isStored, String text, String members) {
  private static final Path FOLDER = Path.of("src/test/resources/records");

  static Stream<RecordCase> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(RecordCase::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordCase read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      String[] expected = lines.get(0).split(" ", 2);
      String name = file.getFileName().toString().replace(".txt", "").replace('-', ' ');
      return new RecordCase(name, expected[0].equals("stored"), expected[1], lines.get(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A good message with these members, too. */
  String value() {
    return "{\"from\":\"x\",\"to\":\"clientB\",\"message\":\"y\"," + members.substring(1);
  }

  void assertIn(String text) {
    assertTrue(text.contains(this.text), text);
  }

  @Override
  public String toString() {
    return name;
  }
}
