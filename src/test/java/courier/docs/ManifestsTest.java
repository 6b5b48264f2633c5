package courier.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What docker/ says of Courier is so: its variables, its ports, its parts, how long it takes to
 * end.
 */
class ManifestsTest {
  private static final Path DOCKER = Path.of("docker");
  private static final Path BASE = DOCKER.resolve("kubernetes/base");

  private final Properties properties = new Properties();

  @BeforeEach
  void read() throws IOException {
    try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
      properties.load(file);
    }
  }

  @Test
  void variablesAreKeysOfTheConfiguration() throws IOException {
    List<String> variables = new ArrayList<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      new Document(file, text).all("(?m)^ *(?:- )?([A-Z][A-Z0-9_]+)=").forEach(variables::add);
      if (file.getFileName().toString().startsWith("compose")) {
        courierEnvironments(file).forEach(variables::add);
      }
    }
    assertTrue(variables.contains("SHUTDOWN_DRAIN") && variables.contains("AUTH_ISSUER"));
    assertEquals(List.of(), variables.stream().filter(name -> !isKnown(name)).toList());
  }

  private boolean isKnown(String variable) {
    String name = variable.replaceFirst("_FILE$", "");
    return name.startsWith("KAFKA_CLIENT_")
        || properties.stringPropertyNames().stream()
            .anyMatch(key -> key.toUpperCase().replaceAll("[.-]", "_").equals(name));
  }

  private static Stream<String> courierEnvironments(Path compose) {
    return maps(at(document(compose), "services")).stream()
        .filter(service -> "courier".equals(service.get("image")))
        .flatMap(service -> ((Map<?, ?>) service.get("environment")).keySet().stream())
        .map(String::valueOf);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-a", "client-b"})
  void deploymentsAreOfTheProduct(String part) throws IOException {
    Map<?, ?> pod = at(document(BASE.resolve(part + ".yaml")), "spec", "template", "spec");
    Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    assertEquals(List.of(part), container.get("args"));
    assertTrue(Files.isDirectory(Path.of("routes", part)));
    List<String> ports =
        ((List<?>) container.get("ports"))
            .stream().map(port -> ((Map<?, ?>) port).get("containerPort").toString()).toList();
    assertEquals(
        List.of(
            properties.getProperty(part + ".http.port"),
            properties.getProperty(part + ".management.port")),
        ports);
    for (String probe : List.of("startup", "liveness", "readiness")) {
      Map<?, ?> get = at(container, probe + "Probe", "httpGet");
      assertTrue(get.get("path").toString().matches("/observe/health/(live|ready)"), probe);
      assertEquals("management", get.get("port"));
    }
    long grace = Long.parseLong(pod.get("terminationGracePeriodSeconds").toString());
    long before = (Integer) at(container, "lifecycle", "preStop", "sleep").get("seconds");
    long drain = part.equals("client-b") ? seconds(setting("SHUTDOWN_DRAIN")) : 0;
    assertTrue(grace > before + drain + seconds(properties.getProperty("shutdown.timeout")), part);
    assertEquals(true, at(container, "securityContext").get("readOnlyRootFilesystem"));
    assertEquals(false, pod.get("automountServiceAccountToken"));
  }

  @Test
  void anyUserMayRunTheImage() throws IOException {
    assertFalse(Document.of("docker/Dockerfile").all("USER (\\d+)").isEmpty());
  }

  @Test
  void allOfItIsYaml() throws IOException {
    for (Path file : files()) {
      if (file.toString().endsWith(".yaml")) {
        try (Reader text = Files.newBufferedReader(file)) {
          new Yaml().loadAll(text).forEach(document -> assertTrue(document instanceof Map));
        }
      }
    }
  }

  private static String setting(String variable) throws IOException {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(BASE.resolve("settings.env"))) {
      settings.load(file);
    }
    return settings.getProperty(variable);
  }

  private static long seconds(String duration) {
    return Long.parseLong(duration.replaceFirst("s$", ""));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(DOCKER)) {
      return files.filter(f -> f.toString().matches(".*\\.(yaml|env)")).sorted().toList();
    }
  }

  /** The first one of a file. */
  private static Map<?, ?> document(Path file) {
    try (Reader text = Files.newBufferedReader(file)) {
      return (Map<?, ?>) new Yaml().loadAll(text).iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<?, ?> at(Map<?, ?> from, String... path) {
    for (String key : path) {
      from = (Map<?, ?>) from.get(key);
    }
    return from;
  }

  private static List<Map<?, ?>> maps(Map<?, ?> of) {
    List<Map<?, ?>> all = new ArrayList<>();
    of.values().forEach(value -> all.add((Map<?, ?>) value));
    return all;
  }
}
