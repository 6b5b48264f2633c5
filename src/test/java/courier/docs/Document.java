package courier.docs;

import static java.util.regex.Pattern.DOTALL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: README.md, what else lies beside it, and the files of docs/. */
record Document(Path path, String text) {
  static Document of(String path) {
    try {
      return new Document(Path.of(path), Files.readString(Path.of(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Document> all() {
    try (Stream<Path> beside = Files.list(Path.of(""));
        Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(beside, docs)
          .map(Path::toString)
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(Document::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands between fences of this language, in a list too. */
  List<String> blocks(String language) {
    return all("(?m)^ *```" + language + "\n(.*?)\n *```$").stream()
        .map(String::stripIndent)
        .toList();
  }

  /** Where it sends a browser on this machine. */
  List<String> addresses() {
    return all("<(http://localhost:[^>]*)>").stream()
        .map(link -> link.replaceFirst("jolokia$", "jolokia/version"))
        .toList();
  }

  /** The first group of each place where the pattern is found. */
  List<String> all(String pattern) {
    return Pattern.compile(pattern, DOTALL)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
