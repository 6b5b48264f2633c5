package courier.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of queries in the documentation. */
public final class QueriesPage {
  private static final Path PAGE = Path.of("docs/queries.md");
  private final List<String> sections;

  public QueriesPage() {
    try {
      sections = List.of(Files.readString(PAGE).split("(?m)^## "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The index of each query. */
  public Map<String, String> indexed() {
    return rows("With an index");
  }

  /** Why each of the other queries may do without. */
  public Map<String, String> exceptions() {
    return rows("Without an index");
  }

  /** Why each of the first ones may do without in the embedded store. */
  public Map<String, String> embeddedExceptions() {
    return rows("In the embedded store");
  }

  /** The first column, the query, and the third. */
  private Map<String, String> rows(String title) {
    return sections.stream()
        .filter(section -> section.startsWith(title + "\n"))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("| `"))
        .map(line -> Stream.of(line.substring(2).split(" (?<!\\\\)\\| ?")).map(QueriesPage::text))
        .map(Stream::toList)
        .collect(
            Collectors.toMap(
                row -> row.get(0), row -> row.get(2), QueriesPage::twice, TreeMap::new));
  }

  private static String text(String cell) {
    return cell.replace("`", "").strip();
  }

  private static String twice(String one, String other) {
    throw new IllegalStateException("a query is there twice: " + one + other);
  }
}
