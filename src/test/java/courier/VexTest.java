package courier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.http.ServerWebSocket;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What Courier says of the known holes of its parts: that it is about the parts that are shipped,
 * in these versions, and that what it says is so. Whoever takes another version of one looks again.
 */
class VexTest {
  private static final Pattern PART = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@(.+)");
  private static final Pattern PROOF = Pattern.compile("(courier[\\w.]+)#(\\w+)");

  /** Of OpenVEX 0.2.0. */
  private static final Set<String> JUSTIFICATIONS =
      Set.of(
          "component_not_present",
          "vulnerable_code_not_present",
          "vulnerable_code_not_in_execute_path",
          "vulnerable_code_cannot_be_controlled_by_adversary",
          "inline_mitigations_already_exist");

  private static final JavaClasses COURIER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("courier");

  static Stream<JsonNode> statements() throws IOException {
    Path file = Path.of("src/main/vex/courier.openvex.json");
    JsonNode vex = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    assertEquals("https://openvex.dev/ns/v0.2.0", vex.get("@context").textValue());
    return vex.get("statements").valueStream();
  }

  @Test
  void noHoleIsThereTwice() throws IOException {
    Set<String> names = new HashSet<>();
    statements()
        .map(statement -> statement.at("/vulnerability/name").textValue())
        .forEach(name -> assertTrue(names.add(name), name));
    assertFalse(names.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("statements")
  void isAboutPartsInTheVersionsThatAreShipped(JsonNode statement) {
    List<JsonNode> parts = statement.at("/products/0/subcomponents").valueStream().toList();

    assertFalse(parts.isEmpty());
    parts.forEach(part -> assertIsShipped(part.get("@id").textValue()));
  }

  private static void assertIsShipped(String purl) {
    Matcher part = PART.matcher(purl);
    assertTrue(part.matches(), purl);
    String jar =
        "/%s/%s/%s/%2$s-%3$s.jar"
            .formatted(part.group(1).replace('.', '/'), part.group(2), part.group(3));
    assertTrue(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .anyMatch(entry -> entry.replace('\\', '/').endsWith(jar)),
        () -> purl + " is not shipped: look again at what is said of it");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void saysWhyAHoleIsNoneAndWhatProvesIt(JsonNode statement) throws Exception {
    String notes = statement.get("status_notes").textValue();
    if (statement.get("status").textValue().equals("fixed")) {
      assertTrue(notes.startsWith("since "), notes);
      return;
    }
    assertEquals("not_affected", statement.get("status").textValue());
    assertTrue(JUSTIFICATIONS.contains(statement.get("justification").textValue()));
    assertFalse(statement.get("impact_statement").textValue().isBlank());
    assertTrue(notes.startsWith("proof: "), notes);
    for (String proof : notes.substring("proof: ".length()).split(", ")) {
      assertIsATest(proof);
    }
  }

  private static void assertIsATest(String proof) throws ClassNotFoundException {
    Matcher test = PROOF.matcher(proof);
    assertTrue(test.matches(), proof);
    assertTrue(
        Stream.of(Class.forName(test.group(1)).getDeclaredMethods())
            .filter(method -> method.getName().equals(test.group(2)))
            .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class)),
        () -> proof + " is no test");
  }

  /** Camel's own authentication, by name and password or by JWT, is made of these. */
  @Test
  void nothingAuthenticatesByVertx() {
    for (String missing :
        List.of(
            "io.vertx.ext.auth.jwt.JWTAuth",
            "io.vertx.ext.auth.properties.PropertyFileAuthentication")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(missing));
    }
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.ext.auth..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("io\\.vertx\\.ext\\.web\\.handler\\..*Auth.*")
        .check(COURIER);
  }

  @Test
  void noWebSocketIsOneOfVertx() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ServerWebSocket.class)
        .check(COURIER);
  }

  @Test
  void noBytesFromOutsideAreADocument() {
    noClasses()
        .should()
        .callConstructor(RawBsonDocument.class, byte[].class)
        .orShould()
        .callConstructor(RawBsonDocument.class, byte[].class, int.class, int.class)
        .check(COURIER);
  }

  /** Of a path without a slash Camel looks whether it begins with {@code proxy}. */
  @Test
  void noHttpRouteIsAProxy() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      List<String> paths =
          files
              .filter(file -> file.toString().matches(".*\\.(camel\\.yaml|java)"))
              .flatMap(VexTest::lines)
              .filter(line -> line.contains("platform-http:"))
              .map(line -> line.substring(line.indexOf("platform-http:")))
              .toList();

      assertFalse(paths.isEmpty());
      paths.forEach(path -> assertTrue(path.startsWith("platform-http:/"), path));
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
