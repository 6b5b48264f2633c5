package courier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rooms may know of each other, as their package-info says. */
class RoomsTest {
  private static final int MOST_FILES = 17;

  /** A line of jdeps: a package, and one of Courier's or of others that it knows. */
  private static final Pattern KNOWS =
      Pattern.compile("(?m)^ +courier(?:\\.(\\S+))? +-> (?:courier\\.(\\S+)|\\S+) ");

  /** A row of the table of rooms in docs/architecture.md. */
  private static final Pattern ROOM =
      Pattern.compile(
          "\\| `(courier|[a-z]+(?:\\.[a-z]+)?)` \\|[^|]*\\| ((?:`[a-z.]+`(?:, )?)+|all|none) \\|");

  private static final JavaClasses COURIER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("courier");

  private static void knowsNot(String[] rooms, String... others) {
    noClasses()
        .that()
        .resideInAnyPackage(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(COURIER);
  }

  private static String[] rooms(String... rooms) {
    return rooms;
  }

  @Test
  void theFeedKnowsNeitherCamelNorConnections() {
    knowsNot(
        rooms("courier.feed.."),
        "org.apache.camel..",
        "com.corundumstudio..",
        "io.netty..",
        "courier.socketio..");
  }

  @Test
  void turnsKnowNothingOfWhatIsDoneInThem() {
    knowsNot(rooms("courier.feed.turns"), "courier.feed", "courier.feed.log");
  }

  @Test
  void packetsGuardAndEntryKnowNoSession() {
    knowsNot(
        rooms("courier.socketio.packet", "courier.socketio.guard", "courier.socketio.entry"),
        "courier.socketio",
        "courier.socketio.server",
        "courier.feed..");
  }

  @Test
  void theServerKnowsNoRoute() {
    knowsNot(rooms("courier.socketio.server"), "courier.socketio", "org.apache.camel.support..");
  }

  @Test
  void whatIsInsideVertxIsTouchedInTwoPlaces() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("courier.http.Wire")
        .and()
        .haveNameNotMatching("courier\\.http\\.connection\\.HttpVertx.*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..impl..")
        .check(COURIER);
  }

  @Test
  void theyStandInNoCircle() {
    SlicesRuleDefinition.slices().matching("(courier..)").should().beFreeOfCycles().check(COURIER);
  }

  @Test
  void theyKnowWhatTheTableOfRoomsSays() throws IOException {
    Map<String, Set<String>> known = new TreeMap<>();
    for (Matcher row = KNOWS.matcher(jdeps()); row.find(); ) {
      Set<String> rooms =
          known.computeIfAbsent(
              row.group(1) == null ? "courier" : row.group(1), room -> new TreeSet<>());
      if (row.group(2) != null) {
        rooms.add(row.group(2));
      }
    }
    known.put("courier", Set.of("all"));
    Map<String, Set<String>> said = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
      Matcher row = ROOM.matcher(line);
      if (row.matches()) {
        Set<String> rooms = new TreeSet<>(List.of(row.group(2).replace("`", "").split(", ")));
        rooms.remove("none");
        said.put(row.group(1), rooms);
      }
    }
    assertEquals(known, said);
  }

  /** Which sees constants of other classes too, that ArchUnit does not as they are copied. */
  private static String jdeps() {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(writer, writer, "-verbose:package", "--ignore-missing-deps", "target/classes");
    assertEquals(0, status, said::toString);
    return said.toString();
  }

  @Test
  void eachSaysWhatItIs() throws IOException {
    for (Path room : roomsOf("main")) {
      assertTrue(Files.exists(room.resolve("package-info.java")), room::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "test"})
  void noneIsLargerThanOneCanSee(String source) throws IOException {
    for (Path room : roomsOf(source)) {
      try (Stream<Path> files = Files.list(room)) {
        List<String> types =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                .toList();
        assertTrue(types.size() <= MOST_FILES, () -> room + " has " + types.size() + " files");
      }
    }
  }

  private static List<Path> roomsOf(String source) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src", source, "java/courier"))) {
      return all.filter(Files::isDirectory).toList();
    }
  }
}
